/**
 * Mail going out: SMTP connections to other hosts (RFC 5321), which the container pools by target. Arrow: may import
 * {@code contract}; nobody here imports it.
 */
@NullMarked
package org.mailroom.connector.relay;

import org.jspecify.annotations.NullMarked;
