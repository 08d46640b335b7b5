/**
 * Accounts that live in somebody else's directory (LDAP, RFC 4511; Active Directory): where it is, how its entries are read, who
 * proves his password there. Arrow: may import {@code login}, {@code mailbox}, {@code directory}, {@code outage}, {@code config}
 * and {@code contract}.
 */
@NullMarked
package org.mailroom.ldap;

import org.jspecify.annotations.NullMarked;
