/** Certificates ordered from an authority (ACME, RFC 8555). Arrow: may import {@code trace}, {@code contract}, {@code config}. */
@NullMarked
package org.mailroom.acme;

import org.jspecify.annotations.NullMarked;
