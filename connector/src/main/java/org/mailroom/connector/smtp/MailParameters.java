package org.mailroom.connector.smtp;

import static org.mailroom.connector.smtp.Parameter.matching;
import static org.mailroom.connector.smtp.Parameter.pattern;
import static org.mailroom.connector.smtp.Parameter.wrong;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

/** What may stand behind the address of MAIL, and the lines of EHLO that say so. */
final class MailParameters {
    /** RFC 2852 §4: seconds, may be negative; what then: Return or Notify; and whether to Trace it. */
    private static final Pattern BY = pattern("([+-]?[0-9]{1,9});([RN])T?");

    private final WireSettings settings;
    private final List<Parameter> known;

    MailParameters(WireSettings settings) {
        this.settings = settings;
        this.known = List.of(
                // RFC 1870 §4; what is too much, MailCommand says.
                Parameter.always("SIZE", matching(pattern("[0-9]{1,20}"), "SIZE is a number of octets")),
                // RFC 6152 §2, RFC 3030 §3
                Parameter.always(
                        "BODY", matching(pattern("7BIT|8BITMIME|BINARYMIME"), "BODY is 7BIT, 8BITMIME or BINARYMIME")),
                // RFC 6531 §3.4
                Parameter.always("SMTPUTF8", matching(pattern(""), "SMTPUTF8 takes no value")),
                // RFC 3461 §4.3, §4.4
                Parameter.always("RET", matching(pattern("FULL|HDRS"), "RET is FULL or HDRS")),
                Parameter.always("ENVID", MailParameters::envid),
                new Parameter(
                        "REQUIRETLS",
                        MailParameters::offersRequireTls,
                        matching(pattern(""), "REQUIRETLS takes no value")),
                new Parameter("BY", MailParameters::offersTransfer, MailParameters::by),
                // RFC 6710 §4.1
                new Parameter(
                        "MT-PRIORITY",
                        MailParameters::offersTransfer,
                        matching(pattern("-?[1-9]|0"), "MT-PRIORITY is a number from -9 to 9")),
                new Parameter("HOLDFOR", SmtpSession::isSubmission, this::holdFor),
                new Parameter("HOLDUNTIL", SmtpSession::isSubmission, this::holdUntil),
                new Parameter("AUTH", SmtpSession::isSubmission, MailParameters::auth));
    }

    void check(PathArgument path, SmtpSession session) throws PathSyntaxException {
        Parameter.check(path, known, session);
        if (path.parameters().keySet().containsAll(List.of("HOLDFOR", "HOLDUNTIL"))) {
            throw wrong("HOLDFOR and HOLDUNTIL do not go together");
        }
    }

    /** RFC 8689 §2: only where the way here was safe too. */
    private static boolean offersRequireTls(SmtpSession session) {
        return session.connection().tls() != null;
    }

    /** LMTP delivers at once, so there is nothing to hurry or to put first. */
    private static boolean offersTransfer(SmtpSession session) {
        return session.role() != Protocol.LMTP;
    }

    private static void envid(String value) throws PathSyntaxException {
        var id = Xtext.decode(value);
        if (id == null || id.isEmpty() || id.length() > 100) {
            throw wrong("ENVID is xtext of at most 100 printable characters");
        }
    }

    private static void by(String value) throws PathSyntaxException {
        var match = BY.matcher(value);
        if (!match.matches()) {
            throw wrong("BY is such as 3600;R or -10;NT");
        }
        if (match.group(2).equalsIgnoreCase("R") && Integer.parseInt(match.group(1)) <= 0) {
            throw wrong("BY with R needs a time that is still to come");
        }
    }

    private void holdFor(String value) throws PathSyntaxException {
        if (!value.matches("[1-9][0-9]{0,8}")
                || Long.parseLong(value) > settings.smtp().longestHold().toSeconds()) {
            throw wrong("HOLDFOR is a number of seconds, at most "
                    + settings.smtp().longestHold().toSeconds());
        }
    }

    private void holdUntil(String value) throws PathSyntaxException {
        try {
            var until = OffsetDateTime.parse(value).toInstant();
            var now = Instant.now();
            if (until.isAfter(now) && !until.isAfter(now.plus(settings.smtp().longestHold()))) {
                return;
            }
        } catch (DateTimeException malformed) {
            // Told below.
        }
        throw wrong("HOLDUNTIL is a time to come such as 2030-01-31T12:00:00Z, and before " + latestHold());
    }

    private Instant latestHold() {
        return Instant.now().plus(settings.smtp().longestHold()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** RFC 4954 §5: who submitted first, as xtext; nobody's word is trusted on it, but it must be a word. */
    private static void auth(String value) throws PathSyntaxException {
        var mailbox = value.equals("<>") ? "" : Xtext.decode(value);
        if (mailbox == null || value.isEmpty()) {
            throw wrong("AUTH is <>, or an address as xtext");
        }
        if (!mailbox.isEmpty()) {
            try {
                PathArgument.address(mailbox, false);
            } catch (PathSyntaxException malformed) {
                throw wrong("AUTH is <>, or an address as xtext");
            }
        }
    }

    /** The lines of EHLO. */
    List<String> features(SmtpSession session) {
        var smtp = settings.smtp();
        var lines = new ArrayList<String>(
                List.of("SIZE " + settings.limits().messageSize(), "8BITMIME", "BINARYMIME", "SMTPUTF8", "DSN"));
        if (offersRequireTls(session)) {
            lines.add("REQUIRETLS");
        }
        if (offersTransfer(session)) {
            lines.add("DELIVERBY");
            lines.add("MT-PRIORITY MIXER");
        }
        if (session.isSubmission()) {
            lines.add("FUTURERELEASE " + smtp.longestHold().toSeconds() + " " + latestHold());
        }
        lines.add("LIMITS MAILMAX=" + smtp.messages() + " RCPTMAX="
                + settings.limits().recipients());
        return lines;
    }

    /**
     * RFC 6710 §4.1: strangers may put themselves behind others, not before them.
     *
     * @return whether the priority was lowered to 0
     */
    static boolean lowerPriority(SmtpSession session, Map<String, String> parameters) {
        var asked = parameters.get("MT-PRIORITY");
        boolean mayAsk = session.login() != null || session.connection().trusted();
        if (asked == null || mayAsk || Integer.parseInt(asked) <= 0) {
            return false;
        }
        parameters.put("MT-PRIORITY", "0");
        return true;
    }
}
