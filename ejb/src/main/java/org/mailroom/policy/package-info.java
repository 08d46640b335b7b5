/**
 * Who may send what to whom: an ordered chain of small policies, each with a name of its own. Arrow: may import
 * {@code directory}, {@code mailbox}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.policy;

import org.jspecify.annotations.NullMarked;
