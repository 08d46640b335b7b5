/** The page on which an administrator types to mail servers by hand. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.telnet;

import org.jspecify.annotations.NullMarked;
