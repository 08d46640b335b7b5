package org.mailroom.connector.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
import org.mailroom.contract.receive.Lookup;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.receive.QueueRun;
import org.mailroom.contract.receive.Receipt;
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

    /** Nobody who calls himself so gets in. */
    @Override
    public Verdict connection(Client client) {
        return switch (client.helo()) {
            case "refused.example" -> new Verdict.Refuse(Reason.POLICY, "helo", "We do not talk to you");
            case "later.example" -> new Verdict.Defer(Reason.NOT_YET, "helo", "We talk to you later");
            default -> new Verdict.Accept("open");
        };
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
        var domain = address.substring(address.lastIndexOf('@') + 1);
        if (address.equals("postmaster") || addresses.contains(address) || address.equals("full@here.example")) {
            return new Verdict.Accept("local");
        }
        if (address.startsWith("later@")) {
            return new Verdict.Defer(Reason.UNAVAILABLE, "directory", "Ask again in a while");
        }
        if (domains.contains(domain)) {
            return new Verdict.Refuse(
                    Reason.NO_SUCH_RECIPIENT, "directory", "Nobody here has this address", List.of("manners: pass"));
        }
        return client.login() != null
                ? new Verdict.Accept("submission")
                : new Verdict.Refuse(Reason.RELAY_DENIED, "relay", "We do not relay to " + domain);
    }

    @Override
    public Receipt.Taken accept(Client client, Envelope envelope, MessageSource content) throws MailException {
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
        return new Receipt.Taken("Q" + numbers.incrementAndGet(), List.of("delivered in memory"));
    }

    /** Each for itself; a full mailbox is full. */
    @Override
    public List<Receipt> deliver(Client client, Envelope envelope, MessageSource content) throws MailException {
        var receipts = new ArrayList<Receipt>();
        for (var recipient : envelope.recipients()) {
            receipts.add(
                    recipient.address().startsWith("full")
                            ? new Receipt.Refused(Reason.OVER_QUOTA, "The mailbox is full")
                            : accept(client, envelope, content));
        }
        return receipts;
    }

    private static boolean maySee(Client client) {
        return client.login() != null || client.trusted();
    }

    @Override
    public Lookup verify(Client client, String name) {
        if (!maySee(client)) {
            return new Lookup.Withheld();
        }
        return lookup(name);
    }

    @Override
    public Lookup expand(Client client, String name) {
        if (maySee(client) && name.equals("all@here.example")) {
            return new Lookup.Found(addresses.stream().sorted().toList());
        }
        if (maySee(client) && name.equals("none@here.example")) {
            return new Lookup.Empty("a group without members");
        }
        return verify(client, name);
    }

    private Lookup lookup(String name) {
        var address = name.contains("@") ? name : name + "@here.example";
        if (!domains.contains(address.substring(address.indexOf('@') + 1))) {
            return new Lookup.Elsewhere();
        }
        return addresses.contains(address) ? new Lookup.Found(List.of(address)) : new Lookup.Unknown();
    }

    @Override
    public List<String> whereTo(Client client, Envelope envelope, String address) {
        return maySee(client) ? List.of(address + ": a place in memory") : List.of();
    }

    @Override
    public QueueRun runQueue(Client client, String domain) {
        return switch (domain) {
            case "there.example" -> new QueueRun.Started(3);
            case "quiet.example" -> new QueueRun.Started(0);
            default -> new QueueRun.NotEntitled("You have no say over " + domain);
        };
    }

    @Override
    public void refused(Client client, Envelope envelope, String step, String reply) {
        refusals.add(new Refused(step, reply));
    }
}
