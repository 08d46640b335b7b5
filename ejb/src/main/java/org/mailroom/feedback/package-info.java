/**
 * What others report to us: mail in the name of our domains (DMARC, RFC 7489 and 9990), and how TLS to us went (RFC 8460). Arrow:
 * may import {@code message}, {@code trace}, {@code config} and {@code contract}.
 */
@NullMarked
package org.mailroom.feedback;

import org.jspecify.annotations.NullMarked;
