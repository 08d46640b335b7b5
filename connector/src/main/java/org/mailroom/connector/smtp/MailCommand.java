package org.mailroom.connector.smtp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.receive.Verdict;

/** MAIL (RFC 5321 §4.1.1.2), with SIZE (RFC 1870) and 8BITMIME (RFC 6152). */
final class MailCommand implements SmtpCommand, EhloExtension {
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,20}");

    private final Services services;

    MailCommand(Services services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "MAIL";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!session.isGreeted()) {
            return SmtpReplies.reply(503, "5.5.1 Say EHLO first");
        }
        if (session.transaction() != null) {
            return SmtpReplies.reply(503, "5.5.1 There is a sender already; RSET begins anew");
        }
        if (session.isSubmission() && session.login() == null) {
            boolean plain = session.connection().passwordAllowed();
            var first = plain ? "Log in first, with AUTH" : "Begin TLS first, with STARTTLS; then log in, with AUTH";
            return session.refused("mail", SmtpReplies.reply(530, "5.7.0 " + first));
        }
        try {
            var path = PathArgument.parse(argument, "FROM", known(session));
            var wrong = judge(path.parameters());
            return wrong != null ? session.refused("mail", wrong) : ask(session, path);
        } catch (PathSyntaxException problem) {
            return session.refused("mail", syntax(problem));
        }
    }

    /** RFC 4954 §5: AUTH= names who submitted first; we trust nobody's word on it, and take it where AUTH is offered. */
    private static Set<String> known(SmtpSession session) {
        return session.isSubmission() ? Set.of("SIZE", "BODY", "AUTH") : Set.of("SIZE", "BODY");
    }

    private @Nullable Response judge(Map<String, String> parameters) {
        var size = parameters.get("SIZE");
        if (size != null && !SIZE.matcher(size).matches()) {
            return SmtpReplies.reply(501, "5.5.4 SIZE is a number of octets");
        }
        if (size != null && isTooLarge(size)) {
            return tooLarge(services.settings().limits().messageSize());
        }
        var body = parameters.get("BODY");
        if (body != null && !body.equalsIgnoreCase("7BIT") && !body.equalsIgnoreCase("8BITMIME")) {
            return SmtpReplies.reply(501, "5.5.4 BODY is 7BIT or 8BITMIME");
        }
        return null;
    }

    private boolean isTooLarge(String size) {
        // Nineteen digits and more may be beyond a long.
        return size.length() > 18
                || Long.parseLong(size) > services.settings().limits().messageSize();
    }

    /** RFC 1870 §6.1 */
    static Response tooLarge(long most) {
        return SmtpReplies.reply(552, "5.3.4 Message too large; " + most + " octets is the most");
    }

    private Response ask(SmtpSession session, PathArgument path) {
        var transaction = new MailTransaction(path.address(), path.parameters());
        return switch (services.receiver().sender(session.client(), transaction.envelope())) {
            case Verdict.Accept accept -> {
                session.begin(transaction);
                yield SmtpReplies.reply(250, "2.1.0 Sender ok");
            }
            case Verdict.Refuse refusal -> SmtpReplies.refused(refusal);
            case Verdict.Defer deferral -> SmtpReplies.deferred(deferral);
        };
    }

    private static Response syntax(PathSyntaxException problem) {
        return switch (problem.about()) {
            case COMMAND -> SmtpReplies.reply(501, "5.5.4 " + problem.text());
            case ADDRESS -> SmtpReplies.reply(501, "5.1.7 " + problem.text());
            case NOT_ASCII -> SmtpReplies.reply(553, "5.6.7 " + problem.text());
            case PARAMETER -> SmtpReplies.reply(555, "5.5.4 " + problem.text());
        };
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("SIZE " + session.getConfiguration().getMaxMessageSize(), "8BITMIME");
    }
}
