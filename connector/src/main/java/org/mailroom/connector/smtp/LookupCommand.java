package org.mailroom.connector.smtp;

import java.util.List;
import java.util.Locale;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.MailException;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Lookup;
import org.mailroom.contract.receive.SmtpReply;

/**
 * VRFY and EXPN (RFC 5321 §3.5): whether somebody is there, and who hears what is sent to a list. Who gathers addresses would
 * ask here; so the house tells whom it trusts, and others hear neither yes nor no.
 */
final class LookupCommand implements SmtpCommand, EhloExtension {
    private static final String UTF8 = " SMTPUTF8";

    private final String name;
    private final Question question;

    private interface Question {
        Lookup ask(Client client, String name) throws MailException;
    }

    private LookupCommand(String name, Question question) {
        this.name = name;
        this.question = question;
    }

    static LookupCommand vrfy(Services services) {
        return new LookupCommand("VRFY", (client, name) -> services.receiver().verify(client, name));
    }

    static LookupCommand expn(Services services) {
        return new LookupCommand("EXPN", (client, name) -> services.receiver().expand(client, name));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String usage() {
        return name + " someone@example.org [SMTPUTF8]";
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        // RFC 6531 §3.7.4.2
        boolean utf8 = argument.toUpperCase(Locale.ROOT).endsWith(UTF8) && session.isExtended();
        var wanted = unbracketed(
                utf8 ? argument.substring(0, argument.length() - UTF8.length()).strip() : argument);
        if (wanted.isEmpty()) {
            return SmtpReplies.reply(501, "5.5.4 Usage: " + name + " address");
        }
        if (!utf8 && wanted.chars().anyMatch(c -> c > '~')) {
            return SmtpReplies.reply(553, "5.6.7 An address beyond ASCII needs SMTPUTF8");
        }
        try {
            return answer(session, question.ask(session.client(), wanted), utf8);
        } catch (MailException problem) {
            return SmtpReplies.no(SmtpReply.of(problem));
        }
    }

    private static String unbracketed(String argument) {
        return argument.startsWith("<") && argument.endsWith(">")
                ? argument.substring(1, argument.length() - 1)
                : argument;
    }

    private static Response answer(SmtpSession session, Lookup found, boolean utf8) {
        return switch (found) {
            case Lookup.Found(var addresses)
            when !utf8 && addresses.stream().anyMatch(LookupCommand::isUtf8) ->
                SmtpReplies.reply(252, "2.6.8 There is an address beyond ASCII in the answer; ask with SMTPUTF8");
            case Lookup.Found(var addresses) -> {
                session.speakUtf8();
                yield SmtpReplies.lines(
                        250,
                        addresses.stream()
                                .map(address -> "2.1.5 <" + SmtpReply.plain(address) + ">")
                                .toList());
            }
            case Lookup.Elsewhere() -> SmtpReplies.reply(252, "2.1.5 Not of ours; its own host knows");
            case Lookup.Unknown() -> SmtpReplies.reply(550, "5.1.1 Nobody here has this name");
            // RFC 3463 §3.3: X.2.4, a list that cannot be expanded.
            case Lookup.Empty(var what) -> SmtpReplies.reply(550, "5.2.4 That is " + SmtpReply.plain(what));
            case Lookup.Withheld() ->
                SmtpReplies.reply(252, "2.5.0 Cannot say; send some mail and we will try to deliver it");
        };
    }

    private static boolean isUtf8(String address) {
        return address.chars().anyMatch(c -> c > '~');
    }

    /** RFC 5321 §4.1.1.1 names EXPN among the extensions; VRFY is part of every server. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return name.equals("EXPN") ? List.of(name) : List.of();
    }
}
