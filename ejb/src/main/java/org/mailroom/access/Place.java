package org.mailroom.access;

import org.mailroom.contract.AccountId;

/**
 * Where a name leads.
 *
 * @param owner whose mailboxes
 * @param name as the owner knows it
 * @param own whether he is the one who asked
 */
record Place(AccountId owner, String name, boolean own) {}
