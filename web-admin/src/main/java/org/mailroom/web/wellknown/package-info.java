/** What others ask for at addresses that they know (RFC 8615), in a WAR of its own. Arrow: may import {@code admin}. */
@NullMarked
package org.mailroom.web.wellknown;

import org.jspecify.annotations.NullMarked;
