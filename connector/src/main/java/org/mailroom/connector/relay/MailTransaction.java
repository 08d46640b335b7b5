package org.mailroom.connector.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;

/** One message over a session: MAIL, RCPT, DATA, and what the remote says to each (RFC 5321 §3.3). */
final class MailTransaction {
    private static final System.Logger LOG = System.getLogger(MailTransaction.class.getName());

    /** Commands sent before their replies are read; all replies to so many fit any socket's buffers (RFC 2920 §3.1). */
    private static final int PIPELINE = 50;

    /** From here on a message goes in chunks where they are offered. */
    private static final long LARGE = 1 << 20;

    private final SmtpSession session;
    private final Envelope envelope;
    private final MessageSource content;

    /** By recipient; null while nothing decided it. */
    private final @Nullable Outcome[] outcomes;

    private int accepted;
    private boolean mailAnswered;
    private boolean started;
    private boolean dotSent;

    MailTransaction(SmtpSession session, Envelope envelope, MessageSource content) {
        this.session = session;
        this.envelope = envelope;
        this.content = content;
        this.outcomes = new Outcome[envelope.recipients().size()];
    }

    DeliveryReport run() {
        boolean orderly = false;
        try {
            refuseWhatCannotBeSent();
            if (Arrays.asList(outcomes).contains(null)) {
                session.begin();
                converse();
            }
            orderly = true;
        } catch (RelayException refused) {
            settle(refused.outcome());
            orderly = true;
        } catch (IOException trouble) {
            var outcome = session.trouble(trouble);
            settle(dotSent ? new Outcome(Outcome.Kind.UNKNOWN, 0, outcome.status(), outcome.text()) : outcome);
        } finally {
            if (!orderly) {
                session.abandon();
            }
        }
        return report();
    }

    /** Whether the connection had gone before the remote said anything to this message. */
    boolean isUntouched() {
        return session.isBroken() && !mailAnswered;
    }

    static DeliveryReport everywhere(Envelope envelope, Outcome outcome) {
        return new DeliveryReport(
                envelope.recipients().stream().map(r -> outcome).toList(), "", DeliveryReport.Proof.NONE, false);
    }

    private DeliveryReport report() {
        var list = new ArrayList<Outcome>();
        for (var outcome : outcomes) {
            // Nothing is left open: each way out of run() settles all.
            list.add(outcome != null ? outcome : ours(Outcome.Kind.DEFERRED, "4.0.0", "Not tried"));
        }
        return new DeliveryReport(list, session.tls(), session.proof(), session.offers("DSN"));
    }

    private static Outcome ours(Outcome.Kind kind, String status, String text) {
        return new Outcome(kind, 0, status, SafeText.of(text));
    }

    private void settle(Outcome outcome) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = outcome;
            }
        }
    }

    private void refuseWhatCannotBeSent() throws RelayException {
        var reversePath = envelope.reversePath();
        if (!reversePath.isEmpty() && !MailPath.isWellFormed(reversePath)) {
            throw new RelayException(ours(Outcome.Kind.FAILED, "5.1.7", "Malformed reverse path: " + reversePath));
        }
        boolean international = session.offers("SMTPUTF8");
        if (needsInternational() && !international) {
            // RFC 6531 §3.2: not to one who does not offer it.
            throw new RelayException(ours(Outcome.Kind.FAILED, "5.6.7", "The remote takes no SMTPUTF8 messages"));
        }
        long most = session.extensions().size().orElse(Long.MAX_VALUE);
        if (content.size() > most) {
            // RFC 1870 §6.1: the declared maximum saves the trouble of trying.
            throw new RelayException(ours(
                    Outcome.Kind.FAILED, "5.3.4", "The remote takes " + most + " octets, this is " + content.size()));
        }
        if (envelope.parameters().containsKey("REQUIRETLS")
                && !reversePath.isEmpty()
                && (session.proof() == DeliveryReport.Proof.NONE || !session.offers("REQUIRETLS"))) {
            // RFC 8689 §4.2.1: rather back to the sender than to a host that does not keep its demand.
            throw new RelayException(ours(
                    Outcome.Kind.FAILED, "5.7.30", "The sender requires TLS all the way, and the remote does not"));
        }
        for (int i = 0; i < outcomes.length; i++) {
            var address = envelope.recipients().get(i).address();
            if (!MailPath.isWellFormed(address)) {
                outcomes[i] = ours(Outcome.Kind.FAILED, "5.1.3", "Malformed address: " + address);
            } else if (!MailPath.isAscii(address) && !international) {
                outcomes[i] = ours(Outcome.Kind.FAILED, "5.6.7", "The remote takes no SMTPUTF8 addresses");
            }
        }
    }

    private boolean needsInternational() {
        return envelope.parameters().containsKey("SMTPUTF8") || !MailPath.isAscii(envelope.reversePath());
    }

    /** A command, how long its reply may take, and what the reply means. */
    private record Command(String line, Duration limit, Consumer<Reply> answered) {}

    private void converse() throws IOException {
        int batch = session.offers("PIPELINING") ? PIPELINE : 1;
        var commands = commands();
        for (int from = 0; from < commands.size() && worthWhile(from, commands.size()); from += batch) {
            var group = commands.subList(from, Math.min(commands.size(), from + batch));
            session.write(
                    group.stream().map(Command::line).toList(), group.getFirst().limit());
            for (var command : group) {
                session.at(command.line().substring(0, 4));
                var reply = session.reply(command.limit());
                command.answered().accept(reply);
                if (reply.code() == Reply.CLOSING) {
                    throw new RelayException(reply.outcome());
                }
            }
        }
        if (started) {
            transmit(new DataWriter(session, session.timeouts().block()));
        } else if (inChunks() && accepted > 0) {
            transmit(new ChunkWriter(session));
        }
    }

    /** RFC 3030: what is large goes in chunks, which a remote can stop at the first, and octets need no look at each. */
    private boolean inChunks() {
        return content.size() >= LARGE && session.offers("CHUNKING") && !session.speaksLmtp();
    }

    /** Whether a recipient may still be accepted, or for DATA, the last command, was. */
    private boolean worthWhile(int next, int commands) {
        return next == commands - 1 && !inChunks()
                ? accepted > 0
                : Arrays.asList(outcomes).contains(null);
    }

    private List<Command> commands() {
        var timeouts = session.timeouts();
        var commands = new ArrayList<Command>();
        var parameters = new MailParameters(session.extensions(), envelope, session.proof());
        commands.add(new Command(parameters.mail(content.size()), timeouts.command(), this::mailAnswered));
        for (int i = 0; i < outcomes.length; i++) {
            int recipient = i;
            if (outcomes[i] == null) {
                var line = parameters.recipient(envelope.recipients().get(i));
                commands.add(new Command(line, timeouts.command(), reply -> recipientAnswered(recipient, reply)));
            }
        }
        if (!inChunks()) {
            commands.add(new Command("DATA", timeouts.data(), this::dataAnswered));
        }
        return commands;
    }

    private void mailAnswered(Reply reply) {
        mailAnswered = reply.code() != Reply.CLOSING;
        if (!reply.isPositive()) {
            settle(reply.outcome());
        }
    }

    private void recipientAnswered(int recipient, Reply reply) {
        if (outcomes[recipient] != null) {
            return;
        }
        if (reply.isPositive()) {
            accepted++;
        } else {
            outcomes[recipient] = reply.outcome();
        }
    }

    private void dataAnswered(Reply reply) {
        started = reply.code() == Reply.START_INPUT;
        if (!started) {
            settle(
                    reply.isRefusal()
                            ? reply.outcome()
                            : ours(Outcome.Kind.DEFERRED, "4.5.0", "Unexpected reply: " + reply.text()));
        }
    }

    private void transmit(BodyWriter writer) throws IOException {
        session.at("the message");
        try {
            if (accepted > 0) {
                pour(writer);
            }
            // RFC 2920 §3.1: if DATA was accepted although no recipient was, an empty message gets us out of it.
            writer.end();
        } catch (RelayException unreadableOrRefused) {
            throw unreadableOrRefused;
        } catch (IOException trouble) {
            heedLastWords(trouble);
        } finally {
            dotSent = writer.isEnding();
        }
        session.at("the final dot");
        if (session.speaksLmtp()) {
            eachAnswered();
        } else {
            settle(lastReply());
        }
        session.end();
    }

    private Outcome lastReply() throws IOException {
        var reply = session.reply(session.timeouts().dot());
        if (!reply.isPositive() && !reply.isRefusal()) {
            throw new MalformedReplyException("Unexpected reply: " + reply.text());
        }
        return reply.outcome();
    }

    /** RFC 2033 §4.2: one reply for each recipient that was accepted, in their order. */
    private void eachAnswered() throws IOException {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = lastReply();
            }
        }
    }

    private void pour(BodyWriter writer) throws IOException {
        long begun = System.nanoTime();
        var buffer = new byte[16 * 1024];
        try (var in = opened()) {
            for (int length = read(in, buffer); length >= 0; length = read(in, buffer)) {
                writer.write(buffer, length);
                if (System.nanoTime() - begun > session.timeouts().message().toNanos()) {
                    throw new SocketTimeoutException("too slow");
                }
            }
        }
    }

    private InputStream opened() throws RelayException {
        try {
            return content.open();
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer) throws RelayException {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** Our own trouble: without its end the remote must not take the message, so the connection goes before the final dot. */
    private RelayException unreadable(Exception e) {
        session.abandon();
        LOG.log(System.Logger.Level.WARNING, "A message that was being sent cannot be read", e);
        return new RelayException(ours(Outcome.Kind.DEFERRED, "4.3.0", "The message cannot be read"));
    }

    /** A remote that has had enough says why before it closes, and what it said is worth more than that it closed. */
    private void heedLastWords(IOException trouble) throws IOException {
        Reply reply;
        try {
            reply = session.reply(session.timeouts().quit());
        } catch (IOException nothing) {
            throw trouble;
        } finally {
            session.abandon();
        }
        throw reply.isRefusal() ? new RelayException(reply.outcome()) : trouble;
    }
}
