/**
 * Mail that goes out: kept until each recipient has it or its sender has been told. Arrow: may import {@code transport}, {@code message}, {@code dns},
 * {@code mailbox}, {@code directory}, {@code trace}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.queue;

import org.jspecify.annotations.NullMarked;
