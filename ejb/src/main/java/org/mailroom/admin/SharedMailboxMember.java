package org.mailroom.admin;

/**
 * Who shares a mailbox.
 *
 * @param member the address of an account or a group, or {@code anyone}
 * @param rights in all its mailboxes: none, read, work, all, or letters of RFC 4314
 * @param sends under its address: no, as, or on-behalf
 */
public record SharedMailboxMember(String member, String rights, String sends) {
    /** Written in the one way in which such are listed. */
    static SharedMailboxMember checked(String member, String rights, String sends) throws AdminException {
        var who = member.equalsIgnoreCase(SharedMailboxAdmin.ANYONE)
                ? SharedMailboxAdmin.ANYONE
                : Texts.address(member).toString();
        return new SharedMailboxMember(
                who,
                SharedMailboxAdmin.word(SharedMailboxAdmin.rights(rights).letters()),
                SharedMailboxAdmin.sends(SharedMailboxAdmin.way(sends)));
    }

    /** As the state has it: the three words. */
    String line() {
        return member + " " + rights + " " + sends;
    }
}
