package org.mailroom.authenticity;

import java.security.PrivateKey;

/** A key to sign with, and where its other half is published. */
record SigningKey(String domain, String selector, Algorithm algorithm, PrivateKey key) {}
