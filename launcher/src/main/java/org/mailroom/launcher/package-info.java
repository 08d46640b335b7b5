/** What {@code ./mailroom} runs: it sets up, starts, stops and asks a server, and imports nothing of it. */
@NullMarked
package org.mailroom.launcher;

import org.jspecify.annotations.NullMarked;
