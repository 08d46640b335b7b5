package org.mailroom.web.site;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Figures as people write them in their language: what divides thousands in one is the decimal mark of another. */
public final class Figures {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

    /** Too few digits behind the mark for thousands: no language takes it for anything else than a part. */
    private static final Pattern PLAIN = Pattern.compile("\\d{1,15}[.,]\\d{1,2}");

    private Figures() {}

    /** A whole number of at most {@code most}, written in digits or by thousands; empty where it is none. */
    public static Optional<Long> count(String text, Locale locale, long most) {
        return thousands(text.strip(), locale).flatMap(figure -> whole(figure, most));
    }

    /** A number that may have a part behind its mark; empty where it is none. */
    static Optional<BigDecimal> number(String text, Locale locale) {
        int mark = text.lastIndexOf(DecimalFormatSymbols.getInstance(locale).getDecimalSeparator());
        if (mark > 0 && text.substring(mark + 1).matches("\\d{1,6}")) {
            return thousands(text.substring(0, mark), locale)
                    .map(front -> new BigDecimal(front + "." + text.substring(mark + 1)));
        }
        return PLAIN.matcher(text).matches()
                ? Optional.of(new BigDecimal(text.replace(',', '.')))
                : thousands(text, locale);
    }

    private static Optional<BigDecimal> thousands(String text, Locale locale) {
        char mark = DecimalFormatSymbols.getInstance(locale).getGroupingSeparator();
        boolean grouped = text.matches("[1-9]\\d{0,2}(?:" + Pattern.quote(String.valueOf(mark)) + "\\d{3}){1,6}");
        var digits = grouped ? text.replace(String.valueOf(mark), "") : text;
        return DIGITS.matcher(digits).matches() ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }

    /** Empty where there is a part, or it is too large. */
    static Optional<Long> whole(BigDecimal figure, long most) {
        boolean fits = figure.stripTrailingZeros().scale() <= 0 && figure.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? Optional.of(figure.longValue()) : Optional.empty();
    }
}
