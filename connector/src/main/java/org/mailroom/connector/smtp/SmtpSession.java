package org.mailroom.connector.smtp;

import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSessionImpl;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.james.JamesTransport;
import org.mailroom.connector.net.CommandFramer;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.SmtpReply;
import org.mailroom.contract.receive.Verdict;

/** One client's conversation: who it says it is, who it proved to be, and the message under way. */
final class SmtpSession extends SMTPSessionImpl implements Session {
    /** The answer comes when the octets that follow have been read. */
    static final Response LATER = new SMTPResponse("000", "");

    private static final System.Logger LOG = System.getLogger(SmtpSession.class.getName());

    /** RFC 5321 §4.5.3.1.4 asks for 512 and more for each extension. */
    private static final int LONGEST_LINE = 2048;

    /** RFC 4954 §4: what AUTH may need. */
    private static final int LONGEST_AUTH_LINE = 12_288;

    private final Connection connection;
    private final Services services;
    private final SmtpCommands commands;
    private final Deque<LineHandler<SmtpSession>> lineHandlers = new ArrayDeque<>();
    private final Instant since = Instant.now();

    private String helo = "";
    private boolean extended;
    private LoginVerdict.@Nullable Granted login;
    private @Nullable String mechanism;
    private @Nullable MailTransaction transaction;
    private boolean verbose;
    private boolean utf8;
    private int errors;
    private int commandCount;
    private int idleCount;
    private int messageCount;

    SmtpSession(Connection connection, Services services, SmtpConfiguration configuration, SmtpCommands commands) {
        super(new JamesTransport(connection), configuration);
        this.connection = connection;
        this.services = services;
        this.commands = commands;
    }

    @Override
    public void greet() {
        var limits = services.settings().limits();
        connection.silence(isSubmission() ? limits.loginTimeout() : limits.commandTimeout());
        readCommands();
        var word = role() == Protocol.LMTP ? "LMTP" : "ESMTP";
        connection.write("220 " + services.settings().hostname() + " " + word + " Mailroom\r\n");
    }

    @Override
    public void received(Input input) {
        respond(
                switch (input) {
                    case Input.Command command -> line(command.line());
                    case Input.Malformed malformed -> malformed(malformed.flaw());
                    case TextEnd end -> end.answer();
                    case Input.Content other -> throw new IllegalStateException("no framer of ours made this");
                });
    }

    private Response line(byte[] line) {
        utf8 = transaction != null && transaction.isUtf8();
        commandCount++;
        if (commandCount > services.settings().smtp().commands() && !connection.exempt()) {
            return refused("session", SmtpReplies.tooManyCommands());
        }
        var waiting = lineHandlers.peek();
        if (waiting != null) {
            return waiting.onLine(this, line);
        }
        if (!isUtf8(line)) {
            return SmtpReplies.reply(500, "5.5.2 There are octets in this line that are no UTF-8");
        }
        var reply = commands.run(this, line);
        return idleCount > services.settings().smtp().idleCommands() && !connection.exempt()
                ? refused("session", SmtpReplies.tooManyIdleCommands())
                : reply;
    }

    private static boolean isUtf8(byte[] line) {
        for (byte octet : line) {
            if (octet < 0) {
                return Utf8.isWellFormed(line);
            }
        }
        return true;
    }

    private Response malformed(Input.Flaw flaw) {
        lineHandlers.clear();
        return SmtpReplies.malformed(flaw);
    }

    private void respond(Response response) {
        if (response == LATER) {
            return;
        }
        var text = SmtpReplies.text(response);
        if (response instanceof StartTlsResponse) {
            connection.startTls(text);
            beginAnew();
            return;
        }
        connection.write(utf8 ? text : SmtpReplies.ascii(text));
        if (response.isEndSession()) {
            connection.close();
        } else if (text.startsWith("5") && !connection.exempt()) {
            countError();
        }
    }

    /** Who only guesses and gropes is sent away, whatever it is looking for. */
    private void countError() {
        errors++;
        if (errors >= services.settings().limits().errors()) {
            var reply = SmtpReplies.tooManyErrors();
            connection.write(SmtpReplies.text(reply));
            refused("session", reply);
            connection.close();
        }
    }

    /** A reply before the last one to the same input. */
    void say(Response response) {
        connection.write(SmtpReplies.ascii(SmtpReplies.text(response)));
    }

    @Override
    public void closed() {
        end();
    }

    /** Of the message under way nothing is left. */
    private void end() {
        if (transaction != null) {
            transaction.close();
            transaction = null;
        }
        connection.deadline(null);
    }

    /** Lines are commands, or what AUTH waits for. */
    void readCommands() {
        connection.framer(CommandFramer.lines(isSubmission() ? LONGEST_AUTH_LINE : LONGEST_LINE));
    }

    /** RFC 3207 §4.2: what was said in the clear is forgotten. */
    private void beginAnew() {
        helo = "";
        extended = false;
        verbose = false;
        end();
        lineHandlers.clear();
    }

    void greeted(String name, boolean byEhlo) {
        helo = name;
        extended = byEhlo;
        end();
    }

    /** The command with which a client of this role introduces itself. */
    String greetingWord() {
        return role() == Protocol.LMTP ? "LHLO" : "EHLO";
    }

    /** Whether the client knows of extensions. */
    boolean isExtended() {
        return extended;
    }

    Protocol role() {
        return connection.protocol();
    }

    /** What to answer a greeting by somebody with whom the house will have nothing to do; null where it will. */
    @Nullable
    Response unwelcome() {
        return switch (services.receiver().connection(client())) {
            case Verdict.Accept _ -> null;
            case Verdict.No no -> SmtpReplies.last(SmtpReply.unwelcome(no));
        };
    }

    boolean isGreeted() {
        return !helo.isEmpty();
    }

    boolean isSubmission() {
        return role() == Protocol.SUBMISSION;
    }

    LoginVerdict.@Nullable Granted login() {
        return login;
    }

    void loggedIn(LoginVerdict.Granted granted, String how) {
        login = granted;
        mechanism = how;
        errors = 0;
        connection.login(granted.name());
        connection.silence(services.settings().limits().commandTimeout());
    }

    @Nullable
    MailTransaction transaction() {
        return transaction;
    }

    void begin(MailTransaction begun) {
        transaction = begun;
        messageCount++;
        idleCount = 0;
        connection.deadline(services.settings().smtp().transactionTimeout());
    }

    /** Messages that were begun. */
    int messages() {
        return messageCount;
    }

    /** Where the message goes that the client is about to send. */
    MessageText open(MailTransaction of, MessageText.Form form) {
        var text = new MessageText(form, of.announcedSize(), services.settings(), connection.id());
        of.begin(text);
        return text;
    }

    /** Commands in a row that bring no mail nearer are counted. */
    void count(SmtpCommand command) {
        if (!command.bringsMail()) {
            idleCount++;
        }
    }

    boolean isVerbose() {
        return verbose;
    }

    void verbose(boolean wanted) {
        verbose = wanted;
    }

    /** The reply to the line at hand may hold what is beyond ASCII. */
    void speakUtf8() {
        utf8 = true;
    }

    /**
     * How the house's verdict is told, with the decisions behind it to whoever said VERB.
     *
     * @param before what such a client is told first
     */
    Response told(List<String> before, Verdict verdict, String ok) {
        var reply = switch (verdict) {
            case Verdict.Accept _ -> SmtpReplies.reply(250, ok);
            case Verdict.No no -> SmtpReplies.no(SmtpReply.of(no));
        };
        return verbose ? SmtpReplies.after(story(before, verdict), reply) : reply;
    }

    private static List<String> story(List<String> before, Verdict verdict) {
        var story = new ArrayList<>(before);
        switch (verdict) {
            case Verdict.Accept(var rule, var others) -> {
                story.addAll(others);
                story.add("accepted by rule " + rule);
            }
            case Verdict.Refuse refusal -> {
                story.addAll(refusal.story());
                story.add("refused by rule " + refusal.rule() + ": " + refusal.reason());
            }
            case Verdict.Defer deferral -> {
                story.addAll(deferral.story());
                story.add("deferred by rule " + deferral.rule() + ": " + deferral.reason());
            }
        }
        return story;
    }

    /** The message was accepted: what went wrong before is forgiven. */
    void accepted() {
        errors = 0;
    }

    @Override
    public void resetState() {
        super.resetState();
        end();
    }

    Connection connection() {
        return connection;
    }

    /** The client as the house is told of it. */
    Client client() {
        var granted = login;
        return new Client(
                connection.id(),
                connection.protocol(),
                connection.client(),
                connection.trusted(),
                helo,
                extended,
                connection.tls(),
                granted == null ? null : granted.account(),
                granted == null ? null : granted.name(),
                granted == null ? null : mechanism,
                since);
    }

    /** Tells the trace of a refusal that the house does not know of. */
    Response refused(String step, Response reply) {
        var envelope = transaction == null ? Envelope.of("", List.of()) : transaction.envelope();
        try {
            services.receiver()
                    .refused(client(), envelope, step, SmtpReplies.text(reply).strip());
        } catch (RuntimeException unavailable) {
            // The client gets its answer whether or not the trace gets its line.
            LOG.log(Level.WARNING, "session={0} step={1} status=not-traced", connection.id(), step);
        }
        return reply;
    }

    // What James asks of a session

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public Response newFatalErrorResponse() {
        return SmtpReplies.fault();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends ProtocolSession> void pushLineHandler(LineHandler<T> handler) {
        lineHandlers.push((LineHandler<SmtpSession>) handler);
    }

    @Override
    public void popLineHandler() {
        lineHandlers.poll();
    }
}
