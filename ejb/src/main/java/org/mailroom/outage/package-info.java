/** What is remembered of others who do not answer. Arrow: may import nothing of ours. */
@NullMarked
package org.mailroom.outage;

import org.jspecify.annotations.NullMarked;
