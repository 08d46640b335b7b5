package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** HELP (RFC 5321 §4.1.1.8), for whoever types this by hand; with the name of a command, how that is written. */
final class HelpCommand implements SmtpCommand, EhloExtension {
    private List<SmtpCommand> table = List.of();

    /** All commands, this one included. */
    void knows(List<SmtpCommand> commands) {
        table = List.copyOf(commands);
    }

    @Override
    public String name() {
        return "HELP";
    }

    @Override
    public String usage() {
        return "HELP [command]";
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (argument.isEmpty()) {
            return SmtpReplies.lines(214, overview(session));
        }
        var wanted = argument.toUpperCase(Locale.ROOT);
        return spoken(session).stream()
                .filter(command -> command.name().equals(wanted))
                .map(command -> SmtpReplies.reply(214, "2.0.0 " + command.usage()))
                .findFirst()
                .orElseGet(() -> SmtpReplies.reply(504, "5.5.4 HELP knows nothing of that"));
    }

    private List<SmtpCommand> spoken(SmtpSession session) {
        return table.stream()
                .filter(command -> command.isSpokenIn(session.role()))
                .toList();
    }

    private List<String> overview(SmtpSession session) {
        var lines = new ArrayList<String>();
        lines.add("2.0.0 A message is sent with these commands, in this order:");
        lines.add("2.0.0 " + session.greetingWord() + " your.host"
                + (session.isSubmission() ? "  STARTTLS  EHLO your.host  AUTH PLAIN" : ""));
        lines.add("2.0.0 MAIL FROM:<you@example.org>  RCPT TO:<them@example.org>");
        lines.add("2.0.0 DATA, then the message, then a dot on a line of its own");
        var names = spoken(session).stream().map(SmtpCommand::name).collect(Collectors.joining(" "));
        lines.add("2.0.0 All commands, of which HELP tells more: " + names);
        return lines;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of(name());
    }
}
