package org.mailroom.connector.imap.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates as IMAP writes them (RFC 9051 §9: date, date-time). */
public final class ImapDate {
    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-")
            .appendValue(ChronoField.YEAR, 4)
            .toFormatter(Locale.ENGLISH);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .padNext(2)
            .appendPattern("d-MMM-")
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern(" HH:mm:ss ")
            .appendOffset("+HHMM", "+0000")
            .toFormatter(Locale.ENGLISH)
            // A day that its month does not have is no date.
            .withResolverStyle(ResolverStyle.STRICT);

    private ImapDate() {}

    /** {@code 1-Feb-1994}, for SEARCH; bare or quoted. */
    static LocalDate day(Arguments in) throws BadSyntax {
        var wrong = in.expected("a date such as 1-Feb-1994");
        try {
            return LocalDate.parse(in.astring("a date such as 1-Feb-1994"), DAY);
        } catch (DateTimeException e) {
            throw wrong;
        }
    }

    /** {@code " 7-Feb-1994 21:52:25 -0800"}, for APPEND; always quoted. */
    public static Instant time(Arguments in) throws BadSyntax {
        var wrong = in.expected("a date such as \" 7-Feb-1994 21:52:25 -0800\"");
        try {
            var text = in.string("a date and time");
            // Many clients write the day of a date-time with one digit and no space before it.
            return OffsetDateTime.parse(text.charAt(1) == '-' ? " " + text : text, TIME)
                    .toInstant();
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw wrong;
        }
    }

    /** As INTERNALDATE tells it, in UTC. */
    public static String format(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
