/** What every page shares: clean addresses, headers, texts, notices, figures for people. Arrow: may import {@code admin}, and no page. */
@NullMarked
package org.mailroom.web.site;

import org.jspecify.annotations.NullMarked;
