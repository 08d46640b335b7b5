package org.mailroom.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a Date field, also as mailers wrote it before RFC 2822 and as those write it who never read it. */
final class SentDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int LONGEST = 200;

    private int day = -1;
    private int month = -1;
    private int year = -1;
    private int hour = -1;
    private int minute;
    private int second;
    private int offset;

    private SentDate() {}

    /** Null where no day can be made out. */
    static @Nullable OffsetDateTime parse(String field) {
        var date = new SentDate();
        var text = field.length() > LONGEST ? field.substring(0, LONGEST) : field;
        for (int at = skip(text, 0); at < text.length(); at = skip(text, at)) {
            int end = at;
            while (end < text.length() && " \t,(".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            date.word(text.substring(at, end));
            at = end;
        }
        return date.made();
    }

    private static int skip(String text, int from) {
        int at = Tokens.skip(text, from);
        while (at < text.length() && text.charAt(at) == ',') {
            at = Tokens.skip(text, at + 1);
        }
        return at;
    }

    private void word(String word) {
        char c = word.charAt(0);
        if ((c == '+' || c == '-') && word.length() >= 5) {
            int hours = number(word, 1, 3);
            int minutes = number(word, 3, 5);
            if (hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60) {
                offset = (c == '-' ? -1 : 1) * (60 * hours + minutes);
            }
        } else if (c >= '0' && c <= '9') {
            if (word.indexOf(':') > 0) {
                time(word);
            } else if (word.indexOf('-') > 0) {
                for (var piece : word.split("-", 3)) { // 21-Nov-1997
                    if (!piece.isEmpty()) {
                        word(piece);
                    }
                }
            } else {
                dayOrYear(word);
            }
        } else {
            monthOrZone(word.toLowerCase(Locale.ROOT));
        }
    }

    private void dayOrYear(String word) {
        int value = number(word, 0, word.length());
        if (value < 0) {
            return;
        }
        if (day < 0 && word.length() <= 2) {
            day = value;
        } else if (year < 0) {
            // RFC 5322 §4.3: two digits below 50 are of this century, other short years count from 1900.
            year = word.length() > 3 ? value : value < 50 ? 2000 + value : 1900 + value;
        }
    }

    private void time(String word) {
        var pieces = word.split(":", 3);
        hour = number(pieces[0], 0, pieces[0].length());
        minute = number(pieces[1], 0, pieces[1].length());
        if (pieces.length > 2) {
            var seconds = pieces[2];
            int end = 0;
            while (end < seconds.length() && Character.digit(seconds.charAt(end), 10) >= 0) {
                end++;
            }
            second = Math.min(59, number(seconds, 0, end)); // a leap second is no time that Java knows
        }
    }

    private void monthOrZone(String word) {
        int at = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
        if (month < 0 && at >= 0 && at % 3 == 0) {
            month = at / 3 + 1;
            return;
        }
        // RFC 5322 §4.3
        switch (word) {
            case "edt" -> offset = -4 * 60;
            case "est", "cdt" -> offset = -5 * 60;
            case "cst", "mdt" -> offset = -6 * 60;
            case "mst", "pdt" -> offset = -7 * 60;
            case "pst" -> offset = -8 * 60;
            default -> {}
        }
    }

    private static int number(String text, int from, int to) {
        if (to > text.length() || from >= to || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + c - '0';
        }
        return value;
    }

    private @Nullable OffsetDateTime made() {
        if (day < 1 || month < 1 || year < 1900) {
            return null;
        }
        try {
            return OffsetDateTime.of(
                    LocalDate.of(year, month, day), timeOfDay(), ZoneOffset.ofTotalSeconds(60 * offset));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** RFC 5256 §2.2: where the time makes no sense, the day begins. */
    private LocalTime timeOfDay() {
        try {
            return LocalTime.of(hour, minute, second);
        } catch (DateTimeException e) {
            return LocalTime.MIDNIGHT;
        }
    }
}
