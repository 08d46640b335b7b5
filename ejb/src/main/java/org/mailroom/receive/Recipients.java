package org.mailroom.receive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/**
 * The recipients of a message, by where they are. An account that is named twice, by its address and by an alias, gets one
 * copy; so does an address elsewhere that is named twice.
 *
 * @param local accounts, each with the addresses under which it was named
 * @param remote recipients elsewhere
 * @param onward copies that forwards and groups make
 * @param delivered recipients of whose success the sender wants to hear, and may now
 * @param expanded the same of aliases that stand for several
 * @param ways where those lead that are more than the address of a mailbox
 * @param owners the accounts' own addresses
 * @param by of those elsewhere whom the envelope does not name, the recipient who led to them
 */
record Recipients(
        Map<AccountId, List<String>> local,
        List<Envelope.Recipient> remote,
        List<Onward> onward,
        List<Envelope.Recipient> delivered,
        List<Envelope.Recipient> expanded,
        Map<String, Expansion> ways,
        Map<AccountId, String> owners,
        Map<String, String> by) {
    /**
     * Looks again: between RCPT and the final dot an account may have gone, and then the message is not ours.
     *
     * @param mayRelay whether it may go to others than ours
     * @param trail addresses of ours that had the message before
     * @param rewriting what the reverse path becomes when a message leaves a domain of ours
     */
    static Recipients of(
            boolean mayRelay,
            Envelope envelope,
            Set<String> trail,
            Directory directory,
            BinaryOperator<String> rewriting)
            throws MailException {
        var spreading = new Spreading(envelope, trail, rewriting);
        for (var recipient : envelope.recipients()) {
            switch (directory.resolve(recipient.address())) {
                case Resolution.Local(var account, var owner, var forward)
                when forward == null -> spreading.account(account, owner, recipient);
                case Resolution.Local _, Resolution.Aliased _, Resolution.Group _ ->
                    spreading.all(leadingSomewhere(directory.whereTo(recipient.address())), recipient);
                case Resolution.Relayed _ -> spreading.elsewhere(recipient);
                case Resolution.NotOurs _ -> {
                    if (!mayRelay) {
                        throw new MailException(Reason.RELAY_DENIED, "Relaying denied");
                    }
                    spreading.elsewhere(recipient);
                }
                case Resolution.Disabled _ ->
                    throw new MailException(Reason.RECIPIENT_DISABLED, "A recipient takes no mail any more");
                case Resolution.Unseen _ ->
                    throw new MailException(Reason.UNAVAILABLE, "A recipient cannot be looked up now; try again later");
                case Resolution.Unknown() ->
                    throw new MailException(Reason.NO_SUCH_RECIPIENT, "A recipient is there no more");
            }
        }
        var recipients = spreading.recipients();
        if (recipients.isNobody() && !envelope.recipients().isEmpty()) {
            throw new MailException(Reason.LOOP, "The message was here before, and nobody is left to get it");
        }
        return recipients;
    }

    /** All of them through the queue, which looks again when their time has come; nobody whom it could not find by then. */
    static Recipients later(boolean mayRelay, Envelope envelope, Directory directory) throws MailException {
        BinaryOperator<String> asItIs = (sender, domain) -> sender;
        of(mayRelay, envelope, Set.of(), directory, asItIs);
        var spreading = new Spreading(envelope, Set.of(), asItIs);
        envelope.recipients().forEach(spreading::elsewhere);
        return spreading.recipients();
    }

    /** What was asked at RCPT, of each by itself: beside others, one who went since would be left out and nobody told. */
    private static Expansion leadingSomewhere(Expansion way) throws MailException {
        if (way.meetsUnseen()) {
            throw new MailException(
                    Reason.UNAVAILABLE, "It cannot be said now who is behind a recipient; try again later");
        }
        if (!way.arrives()) {
            throw new MailException(Reason.NO_SUCH_RECIPIENT, "Nobody is behind a recipient any more");
        }
        return way;
    }

    private boolean isNobody() {
        return !isKept() && onward.isEmpty();
    }

    /** Whether the message itself has recipients, and not only copies of it. */
    boolean isKept() {
        return !local.isEmpty() || !remote.isEmpty();
    }

    List<String> localAddresses() {
        return Stream.concat(Stream.of(local), onward.stream().map(Onward::local))
                .flatMap(accounts -> accounts.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    List<String> remoteAddresses() {
        return Stream.concat(remote.stream(), onward.stream().flatMap(copy -> copy.remote().values().stream()))
                .map(Envelope.Recipient::address)
                .distinct()
                .toList();
    }
}
