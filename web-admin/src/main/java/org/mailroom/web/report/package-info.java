/** What our reports to others hold: DMARC and TLS. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.report;

import org.jspecify.annotations.NullMarked;
