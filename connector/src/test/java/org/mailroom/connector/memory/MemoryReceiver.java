package org.mailroom.connector.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.receive.Verdict;

/** A house that takes mail for some addresses, and for everybody from those who logged in; it remembers what it took. */
public final class MemoryReceiver implements MailReceiver {
    private final Set<String> domains;
    private final Set<String> addresses;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> refusedSenders = ConcurrentHashMap.newKeySet();

    public final List<Accepted> accepted = new CopyOnWriteArrayList<>();
    public final List<Refused> refusals = new CopyOnWriteArrayList<>();

    /** Thrown by the next calls of accept, while it is there. */
    public volatile @Nullable MailException refusal;

    public volatile @Nullable RuntimeException fault;

    /** Waited for in accept and recipient, while it is there. */
    public volatile Runnable pause = () -> {};

    public record Accepted(Client client, Envelope envelope, byte[] octets) {}

    public record Refused(String step, String reply) {}

    public MemoryReceiver(String... addresses) {
        this.addresses = Set.of(addresses);
        this.domains = ConcurrentHashMap.newKeySet();
        this.addresses.forEach(address -> domains.add(address.substring(address.indexOf('@') + 1)));
    }

    public void refuseSender(String address) {
        refusedSenders.add(address);
    }

    @Override
    public Verdict sender(Client client, Envelope envelope) {
        return refusedSenders.contains(envelope.reversePath())
                ? new Verdict.Refuse(Reason.POLICY, "senders", "We take nothing from you")
                : new Verdict.Accept("open");
    }

    @Override
    public Verdict recipient(Client client, Envelope envelope, Envelope.Recipient recipient) {
        pause.run();
        var address = recipient.address().toLowerCase(Locale.ROOT);
        var domain = address.substring(address.indexOf('@') + 1);
        if (address.equals("postmaster") || addresses.contains(address)) {
            return new Verdict.Accept("local");
        }
        if (address.startsWith("later@")) {
            return new Verdict.Defer(Reason.UNAVAILABLE, "directory", "Ask again in a while");
        }
        if (domains.contains(domain)) {
            return new Verdict.Refuse(Reason.NO_SUCH_RECIPIENT, "directory", "Nobody here has this address");
        }
        return client.login() != null
                ? new Verdict.Accept("submission")
                : new Verdict.Refuse(Reason.RELAY_DENIED, "relay", "We do not relay to " + domain);
    }

    @Override
    public String accept(Client client, Envelope envelope, MessageSource content) throws MailException {
        pause.run();
        if (refusal != null) {
            throw refusal;
        }
        if (fault != null) {
            throw fault;
        }
        try (var in = content.open()) {
            accepted.add(new Accepted(client, envelope, in.readAllBytes()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return "Q" + numbers.incrementAndGet();
    }

    @Override
    public void refused(Client client, Envelope envelope, String step, String reply) {
        refusals.add(new Refused(step, reply));
    }
}
