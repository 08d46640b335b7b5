package org.mailroom.connector.smtp;

import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.handler.LineHandler;
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
import org.mailroom.contract.receive.Verdict;

/** One client's conversation: who it says it is, who it proved to be, and the message under way. */
final class SmtpSession extends SMTPSessionImpl implements Session {
    private static final System.Logger LOG = System.getLogger(SmtpSession.class.getName());

    /** RFC 5321 §4.5.3.1.4 asks for 512 and more for each extension. */
    private static final int LONGEST_LINE = 2048;

    /** RFC 4954 §4: what AUTH may need. */
    private static final int LONGEST_AUTH_LINE = 12_288;

    private final Connection connection;
    private final Services services;
    private final SmtpCommands commands;
    private final Deque<LineHandler<SmtpSession>> lineHandlers = new ArrayDeque<>();

    private String helo = "";
    private boolean extended;
    private LoginVerdict.@Nullable Granted login;
    private @Nullable MailTransaction transaction;
    private int errors;

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
        connection.write("220 " + services.settings().hostname() + " ESMTP Mailroom\r\n");
    }

    @Override
    public void received(Input input) {
        respond(
                switch (input) {
                    case Input.Command command -> line(command.line());
                    case Input.Malformed malformed -> malformed(malformed.flaw());
                    case DataEnd end -> end.answer();
                    case Input.Content other -> throw new IllegalStateException("no framer of ours made this");
                });
    }

    private Response line(byte[] line) {
        var waiting = lineHandlers.peek();
        return waiting != null ? waiting.onLine(this, line) : commands.run(this, line);
    }

    private Response malformed(Input.Flaw flaw) {
        lineHandlers.clear();
        return SmtpReplies.malformed(flaw);
    }

    private void respond(Response response) {
        var text = SmtpReplies.text(response);
        if (response instanceof StartTlsResponse) {
            connection.startTls(text);
            beginAnew();
            return;
        }
        connection.write(text);
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

    @Override
    public void closed() {
        transaction = null;
    }

    /** Lines are commands, or what AUTH waits for. */
    void readCommands() {
        connection.framer(CommandFramer.lines(isSubmission() ? LONGEST_AUTH_LINE : LONGEST_LINE));
    }

    /** RFC 3207 §4.2: what was said in the clear is forgotten. */
    private void beginAnew() {
        helo = "";
        extended = false;
        transaction = null;
        lineHandlers.clear();
    }

    void greeted(String name, boolean byEhlo) {
        helo = name;
        extended = byEhlo;
        transaction = null;
    }

    /** What to answer a greeting by somebody with whom the house will have nothing to do; null where it will. */
    @Nullable
    Response unwelcome() {
        return switch (services.receiver().connection(client())) {
            case Verdict.Accept _ -> null;
            case Verdict.Refuse refusal -> SmtpReplies.unwelcome(refusal);
            case Verdict.Defer deferral -> SmtpReplies.unwelcome(deferral);
        };
    }

    boolean isGreeted() {
        return !helo.isEmpty();
    }

    boolean isSubmission() {
        return connection.protocol() == Protocol.SUBMISSION;
    }

    LoginVerdict.@Nullable Granted login() {
        return login;
    }

    void loggedIn(LoginVerdict.Granted granted) {
        login = granted;
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
    }

    /** The message was accepted: what went wrong before is forgiven. */
    void accepted() {
        errors = 0;
    }

    /** Also RSET, of which the handler is James's. */
    @Override
    public void resetState() {
        super.resetState();
        transaction = null;
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
                granted == null ? null : granted.name());
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
        return StandardCharsets.ISO_8859_1;
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
