package org.mailroom.receive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/**
 * The recipients of a message, by where they are. An account that is named twice, by its address and by an alias, gets one
 * copy; so does an address elsewhere that is named twice.
 *
 * @param local accounts, each with the addresses under which it was named
 * @param remote recipients elsewhere
 */
record Recipients(Map<AccountId, List<String>> local, List<Envelope.Recipient> remote) {
    /** Looks again: between RCPT and the final dot an account may have gone, and then the message is not ours. */
    static Recipients of(
            Client client,
            Envelope envelope,
            Function<String, Resolution> directory,
            Function<String, Expansion> whereTo)
            throws MailException {
        var local = new LinkedHashMap<AccountId, List<String>>();
        var remote = new LinkedHashMap<String, Envelope.Recipient>();
        for (var recipient : envelope.recipients()) {
            switch (directory.apply(recipient.address())) {
                case Resolution.Local(var account, var _, var forward)
                when forward == null ->
                    local.computeIfAbsent(account, none -> new ArrayList<>()).add(recipient.address());
                case Resolution.Local _, Resolution.Aliased _, Resolution.Group _ -> {
                    var expansion = whereTo.apply(recipient.address());
                    expansion
                            .accounts()
                            .forEach(account -> local.computeIfAbsent(account, none -> new ArrayList<>())
                                    .add(recipient.address()));
                    expansion
                            .elsewhere()
                            .forEach(to -> remote.putIfAbsent(to, new Envelope.Recipient(to, recipient.parameters())));
                }
                case Resolution.Relayed _ -> remote.putIfAbsent(recipient.address(), recipient);
                case Resolution.NotOurs _ -> {
                    if (client.login() == null) {
                        throw new MailException(Reason.RELAY_DENIED, "Relaying denied");
                    }
                    remote.putIfAbsent(recipient.address(), recipient);
                }
                case Resolution.Disabled _ ->
                    throw new MailException(Reason.RECIPIENT_DISABLED, "A recipient takes no mail any more");
                case Resolution.Unknown() ->
                    throw new MailException(Reason.NO_SUCH_RECIPIENT, "A recipient is there no more");
            }
        }
        return new Recipients(local, List.copyOf(remote.values()));
    }

    List<String> localAddresses() {
        return local.values().stream().flatMap(List::stream).distinct().toList();
    }
}
