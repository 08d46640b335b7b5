/**
 * All that a console, a command line or a script may ask and do, with its rights and its audit. Arrow: may import
 * {@code acme}, {@code directory}, {@code login}, {@code ldap}, {@code mailbox}, {@code authenticity}, {@code feedback}, {@code queue}, {@code trace}, {@code house},
 * {@code schema} and {@code contract}; only the screen imports it.
 */
@NullMarked
package org.mailroom.admin;

import org.jspecify.annotations.NullMarked;
