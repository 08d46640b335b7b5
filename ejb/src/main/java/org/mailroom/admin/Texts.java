package org.mailroom.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.Languages;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;

/** Reads what a person typed, or says what is wrong with it. */
final class Texts {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PASSWORD = 256;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private Texts() {}

    static MailDomain domain(String text) throws AdminException {
        try {
            return MailDomain.parseOurs(text);
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    static MailAddress address(String text) throws AdminException {
        try {
            return MailAddress.parseOurs(text);
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /** One that we wrote down ourselves. */
    static MailAddress known(String text) {
        try {
            return MailAddress.parse(text);
        } catch (BadAddress e) {
            throw new IllegalStateException("an address of ours is none: " + text, e);
        }
    }

    /** An address of ours or of others. */
    static String anyAddress(String text) throws AdminException {
        try {
            return MailAddress.parse(text.strip()).toString();
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, text.strip() + ": " + e.text());
        }
    }

    static String displayName(String text) throws AdminException {
        var name = text.strip();
        if (name.length() > LONGEST_NAME || UNFIT.matcher(name).find()) {
            throw new AdminException(Kind.INVALID, "A name is one line of at most 200 characters");
        }
        return name;
    }

    /** One in which the server can write, or the empty text for its own. */
    static String language(String text) throws AdminException {
        var language = text.strip().toLowerCase(Locale.ROOT);
        if (!language.isEmpty() && !Languages.KNOWN.contains(language)) {
            throw new AdminException(Kind.INVALID, "A language is one of " + String.join(", ", Languages.KNOWN));
        }
        return language;
    }

    /**
     * A time such as {@code 2027-01-31T00:00:00Z}, of a year that has four figures.
     *
     * @throws DateTimeException where it is none
     */
    static Instant time(String text) {
        var time = Instant.parse(text);
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new DateTimeException("no time of the calendar: " + text);
        }
        return time;
    }

    /** What an administrator sets may be short: he answers for it. Blanks stay: they belong to it. No line ends, because no protocol could carry them. */
    static String password(String text) throws AdminException {
        if (text.isEmpty() || text.length() > LONGEST_PASSWORD) {
            throw new AdminException(Kind.INVALID, "A password has 1 to 256 characters");
        }
        if (UNFIT.matcher(text).find()) {
            throw new AdminException(Kind.INVALID, "A password is one line without control characters");
        }
        return text;
    }
}
