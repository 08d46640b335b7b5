/** What DMARC and TLS came to, by our reports to others and by theirs to us. Arrow: may import {@code admin}, {@code web.security} and {@code web.site}. */
@NullMarked
package org.mailroom.web.report;

import org.jspecify.annotations.NullMarked;
