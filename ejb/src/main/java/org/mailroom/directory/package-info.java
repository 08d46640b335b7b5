/**
 * Who receives mail and who may send it: domains, accounts, aliases, and routes for the domains of others. Arrow: may import
 * {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.directory;

import org.jspecify.annotations.NullMarked;
