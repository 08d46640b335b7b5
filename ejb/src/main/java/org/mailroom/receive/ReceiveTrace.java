package org.mailroom.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.SmtpReply;
import org.mailroom.directory.Expansion;
import org.mailroom.message.ParsedMessage;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Findings;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/** What the trace and the log say of mail that comes in. */
final class ReceiveTrace {
    /** That are named where an address leads to many. */
    private static final int MOST_TARGETS = 10;

    private static final String BY = "; by way of ";

    private ReceiveTrace() {}

    /** Of a message that was taken. */
    static List<TraceStep> accepted(
            Client client,
            Envelope envelope,
            Recipients recipients,
            ParsedMessage parsed,
            String queueId,
            Findings findings) {
        var steps = received(client, envelope, parsed, queueId, findings);
        spread(
                recipients,
                queueId,
                findings.isJunk() ? "junk" : "INBOX",
                (kind, to) -> step(kind, client, envelope, queueId, to),
                steps);
        return steps;
    }

    /** Where it went: each recipient who was named has a step, and so has each account and each address elsewhere to which that led. */
    private static void spread(
            Recipients recipients,
            String queueId,
            String mailbox,
            BiFunction<Kind, String, TraceStep> step,
            List<TraceStep> steps) {
        recipients.ways().forEach((address, way) -> {
            if (!way.next().isEmpty()) {
                steps.add(step.apply(Kind.EXPANDED, address).detail("to " + targets(way)));
            }
        });
        recipients.local().forEach((account, names) -> {
            var owner = Objects.requireNonNull(recipients.owners().get(account));
            var others = names.stream()
                    .distinct()
                    .filter(name -> !name.equalsIgnoreCase(owner))
                    .toList();
            others.stream()
                    .filter(name -> !recipients.ways().containsKey(name))
                    .forEach(name -> steps.add(step.apply(Kind.EXPANDED, name).detail("to " + OneLine.of(owner, 320))));
            boolean named = names.stream().anyMatch(owner::equalsIgnoreCase);
            steps.add(step.apply(Kind.DELIVERED, owner).detail(named ? mailbox : mailbox + BY + others.getFirst()));
        });
        recipients.remote().forEach(to -> {
            var by = recipients.by().get(to.address());
            steps.add(step.apply(Kind.QUEUED, to.address()).detail(by == null ? "" : "by way of " + by));
        });
        recipients.onward().forEach(copy -> onward(copy, queueId, mailbox, steps));
    }

    /** The next steps, and which of them end nowhere. */
    private static String targets(Expansion way) {
        var shown = way.next().stream()
                .limit(MOST_TARGETS)
                .map(target -> OneLine.of(target.address(), 320) + (target.arrives() ? "" : " (nobody gets it there)"))
                .collect(Collectors.joining(", "));
        int more = way.next().size() - MOST_TARGETS;
        return (way.isKept() ? "the mailbox and " : "") + shown + (more > 0 ? ", and " + more + " more" : "");
    }

    private static List<TraceStep> received(
            Client client, Envelope envelope, ParsedMessage parsed, String queueId, Findings findings) {
        var steps = new ArrayList<TraceStep>();
        steps.add(
                step(Kind.RECEIVED, client, envelope, queueId, "").detail(detail(client, envelope, parsed, findings)));
        findings.decisions()
                .forEach(decision -> steps.add(step(Kind.CHECKED, client, envelope, queueId, "")
                        .rule(decision.rule())
                        .reply(said(decision))
                        .detail(decision.detail())));
        return steps;
    }

    /** Of a message for groups whose moderators decide. */
    static List<TraceStep> waiting(Client client, Envelope envelope, String queueId, List<Envelope.Recipient> groups) {
        return groups.stream()
                .map(group -> step(Kind.QUARANTINED, client, envelope, queueId, group.address())
                        .rule("group")
                        .detail("waits for a moderator"))
                .toList();
    }

    /** Of a message that goes on after it was set aside. */
    static List<TraceStep> delivered(String queueId, Envelope envelope, Recipients recipients) {
        var steps = new ArrayList<TraceStep>();
        spread(
                recipients,
                queueId,
                "INBOX",
                (kind, to) -> TraceStep.of(kind, queueId, envelope.reversePath(), to),
                steps);
        return steps;
    }

    /** Of a message that was taken and goes to nobody now. @param more to say of a recipient, or empty */
    static List<TraceStep> setAside(
            Kind kind,
            Client client,
            Envelope envelope,
            ParsedMessage parsed,
            String queueId,
            Findings findings,
            Decision fate,
            Function<Envelope.Recipient, String> more) {
        var steps = received(client, envelope, parsed, queueId, findings);
        envelope.recipients()
                .forEach(to -> steps.add(step(kind, client, envelope, queueId, to.address())
                        .rule(fate.rule())
                        .reply(fate.text())
                        .detail(joined(fate.detail(), more.apply(to)))));
        return steps;
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
    }

    private static String facts(Findings findings) {
        return findings.facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(fact -> fact.getKey() + ":" + fact.getValue().replaceAll("[ ,]", "_"))
                .collect(Collectors.joining(","));
    }

    /** A pass needs no word. */
    private static String said(Decision decision) {
        return decision.action() == Decision.Action.PASS
                ? ""
                : decision.action().name().toLowerCase(Locale.ROOT);
    }

    private static void onward(Onward copy, String queueId, String mailbox, List<TraceStep> steps) {
        copy.local()
                .values()
                .forEach(addresses ->
                        steps.add(TraceStep.of(Kind.DELIVERED, queueId, copy.reversePath(), addresses.getFirst())
                                .detail(mailbox + BY + copy.by())));
        copy.remote()
                .keySet()
                .forEach(to -> steps.add(TraceStep.of(Kind.QUEUED, queueId, copy.reversePath(), to)
                        .detail("by way of " + copy.by())));
    }

    private static String detail(Client client, Envelope envelope, ParsedMessage parsed, Findings findings) {
        return beginning(client, envelope)
                + octets(parsed)
                + (findings.facts().isEmpty() ? "" : " facts=" + facts(findings))
                + subject(parsed);
    }

    /** What the trace tells as steps of their own to those who ask. */
    private static String beginning(Client client, Envelope envelope) {
        return "helo=" + OneLine.of(client.helo(), 255)
                + " with=" + client.with(envelope)
                + (client.tls() == null ? "" : " tls=" + client.tls())
                + (client.loginName() == null ? "" : " login=" + client.loginName())
                + (client.mechanism() == null ? "" : " auth=" + client.mechanism())
                + " after=" + Duration.between(client.since(), Instant.now()).toMillis() + "ms";
    }

    private static String octets(ParsedMessage parsed) {
        return " size=" + parsed.size()
                + (parsed.messageId() == null ? "" : " message-id=<" + parsed.messageId() + ">");
    }

    private static String subject(ParsedMessage parsed) {
        return " subject=" + (parsed.subject() == null ? "" : parsed.subject());
    }

    /** Of a verdict that was no. @param reply as it was sent */
    static TraceStep refused(Client client, Envelope envelope, String recipient, String rule, SmtpReply reply) {
        return step(Kind.REFUSED, client, envelope, null, recipient)
                .rule(rule)
                .reply(reply.line())
                .detail(beginning(client, envelope));
    }

    /** Of a message that was not taken for what is in it. */
    static TraceStep refused(Client client, Envelope envelope, Unwanted unwanted) {
        return step(Kind.REFUSED, client, envelope, unwanted.queueId(), lastRecipient(envelope))
                .rule(unwanted.decision().rule())
                .reply(SmtpReply.of(unwanted.answer()).line())
                .detail(beginning(client, envelope) + unwanted.about());
    }

    /** What a message is that nobody will have, and why. */
    static String about(ParsedMessage parsed, Decision decision) {
        return octets(parsed) + (decision.detail().isEmpty() ? "" : " " + decision.detail()) + subject(parsed);
    }

    /** Of a decision that was made elsewhere. */
    static TraceStep refused(Client client, Envelope envelope, String rule, String reply) {
        return step(Kind.REFUSED, client, envelope, null, lastRecipient(envelope))
                .rule(rule)
                .reply(reply)
                .detail(beginning(client, envelope));
    }

    private static String lastRecipient(Envelope envelope) {
        return envelope.recipients().isEmpty()
                ? ""
                : envelope.recipients().getLast().address();
    }

    private static TraceStep step(
            Kind kind, Client client, Envelope envelope, @Nullable String queueId, String recipient) {
        return TraceStep.of(kind, queueId, envelope.reversePath(), recipient)
                .session(client.session())
                .client(address(client));
    }

    static String address(Client client) {
        return ReceivedField.literal(client.address().getAddress()) + ":"
                + client.address().getPort();
    }

    /** Lines for the log: one for those who have it, one for those who wait. */
    static List<String> lines(Client client, Envelope envelope, Recipients recipients, long size, String queueId) {
        var lines = new ArrayList<String>();
        var start = "q=" + queueId + " from=" + OneLine.address(envelope.reversePath());
        var end = " client=" + address(client) + " session=" + client.session() + " size=" + size;
        if (!recipients.localAddresses().isEmpty()) {
            lines.add(start + " to=" + several(recipients.localAddresses()) + end
                    + " relay=local dsn=2.0.0 status=delivered");
        }
        if (!recipients.remoteAddresses().isEmpty()) {
            lines.add(start + " to=" + several(recipients.remoteAddresses()) + end + " status=queued");
        }
        return lines;
    }

    private static String several(List<String> addresses) {
        int most = 10;
        var shown = String.join(
                ",", addresses.stream().limit(most).map(OneLine::address).toList());
        return addresses.size() > most ? shown + ",+" + (addresses.size() - most) : shown;
    }
}
