/** Directories of others in which accounts live: their settings, trying them, and comparing. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.directory;

import org.jspecify.annotations.NullMarked;
