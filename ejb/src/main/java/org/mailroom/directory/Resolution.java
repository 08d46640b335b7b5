package org.mailroom.directory;

import org.mailroom.contract.AccountId;

/** Where mail for an address goes. */
public sealed interface Resolution {
    /** @param address the account's own address, in the form in which it is kept */
    record Local(AccountId account, String address) implements Resolution {}

    /** The account is there and takes no mail. */
    record Disabled(AccountId account, String address) implements Resolution {}

    /** The domain is ours and has nobody of this name, or the text is no address at all. */
    record Unknown() implements Resolution {}

    /** @param domain lower case, A-labels; an address literal in its brackets */
    record NotOurs(String domain) implements Resolution {}
}
