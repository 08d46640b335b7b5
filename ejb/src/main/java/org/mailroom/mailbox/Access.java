package org.mailroom.mailbox;

import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.store.Rights;

/**
 * Somebody's way into a mailbox, asked for once a call.
 *
 * @param owner whose mailbox it is
 * @param actor who comes
 * @param rights what he may do
 */
public record Access(long mailbox, AccountId owner, Actor actor, Rights rights) {
    /** The owner's. */
    public static Access own(long mailbox, Actor owner) {
        return new Access(mailbox, owner.account(), owner, Rights.ALL);
    }

    public AccountId account() {
        return actor.account();
    }

    /** Whether he who comes is the owner: \Seen is then a flag like others. */
    public boolean isOwn() {
        return owner.equals(account());
    }
}
