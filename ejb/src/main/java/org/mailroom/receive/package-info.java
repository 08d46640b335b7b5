/**
 * Mail coming in: decides what is taken, and keeps it. Arrow: may import {@code authenticity}, {@code policy}, {@code content}, {@code message},
 * {@code mailbox}, {@code directory}, {@code queue}, {@code feedback}, {@code trace}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.receive;

import org.jspecify.annotations.NullMarked;
