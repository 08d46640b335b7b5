/**
 * What is in a message, as far as it decides whether the message is taken: links of the chain that ask others. Arrow: may
 * import {@code policy}, {@code outage}, {@code message}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.content;

import org.jspecify.annotations.NullMarked;
