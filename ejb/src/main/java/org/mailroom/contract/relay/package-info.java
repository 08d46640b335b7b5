/** Mail going out: the house asks for a connection to a host, the wire speaks SMTP over it. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.contract.relay;

import org.jspecify.annotations.NullMarked;
