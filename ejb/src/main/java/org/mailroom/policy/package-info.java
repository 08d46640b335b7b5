/**
 * The one seam at which mail is judged: an ordered chain of small policies, and those that every mail server has. Arrow: may import
 * {@code directory}, {@code mailbox}, {@code message}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.policy;

import org.jspecify.annotations.NullMarked;
