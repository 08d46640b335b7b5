package org.mailroom.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/** Where mail for an address goes: one step, of which {@link Expansion} makes the way. */
public sealed interface Resolution {
    /**
     * An account of ours, by its address, an alias or a sub-address.
     *
     * @param address the account's own address, in the form in which it is kept
     * @param forward where its mail goes on to, or null
     */
    record Local(
            AccountId account, String address, @Nullable Forwarding forward) implements Resolution {
        public Local(AccountId account, String address) {
            this(account, address, null);
        }
    }

    /** The account is there and takes no mail. */
    record Disabled(AccountId account, String address) implements Resolution {}

    /** The domain is ours and has nobody of this name, or the text is no address at all. */
    record Unknown() implements Resolution {}

    /**
     * Nobody here has met anybody of this name, and the domain's accounts live in somebody else's directory: it has to be asked, or
     * does not answer now.
     */
    record Unseen(MailAddress address) implements Resolution {}

    /** @param domain lower case, A-labels; an address literal in its brackets */
    record NotOurs(String domain) implements Resolution {}

    /** The domain is another's, and we have been told to take its mail from anybody and pass it on. */
    record Relayed(String domain) implements Resolution {}

    /**
     * An address that stands for others, and adds nothing to the mail (RFC 5321 §3.9.1).
     *
     * @param address in the form in which it is kept
     * @param targets of ours or of others
     */
    record Aliased(String address, List<String> targets) implements Resolution {
        public Aliased {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A distribution list: its members get the mail from the list (RFC 5321 §3.9.2).
     *
     * @param address in the form in which it is kept
     * @param owner who hears of members that cannot be reached
     * @param moderators who let through what those send who may not; without any it is refused
     * @param members of ours or of others; may be groups
     */
    record Group(
            String address,
            String displayName,
            String owner,
            WhoMaySend whoMaySend,
            List<String> moderators,
            List<String> members)
            implements Resolution {
        public Group {
            moderators = List.copyOf(moderators);
            members = List.copyOf(members);
        }

        /** The reverse path of what the group sends: reports go to the owner and not to the author. */
        public String bounceAddress() {
            int at = address.lastIndexOf('@');
            return address.substring(0, at) + GroupRole.BOUNCES.suffix() + address.substring(at);
        }
    }

    /**
     * An account's mail goes on.
     *
     * @param keepsCopy whether the account gets it as well
     */
    record Forwarding(boolean keepsCopy, List<String> targets) {
        public Forwarding {
            targets = List.copyOf(targets);
        }
    }
}
