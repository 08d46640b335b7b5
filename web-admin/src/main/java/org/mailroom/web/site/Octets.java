package org.mailroom.web.site;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sizes as people write them, in powers of ten, as disks and mail clients are labelled. */
public final class Octets {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final Pattern WRITTEN = Pattern.compile("(.+?)\\s*([kKmMgGtT]?)[bB]?");

    private Octets() {}

    /** Three figures are enough to judge by. */
    public static String text(long octets, Locale locale) {
        int unit = 0;
        var value = BigDecimal.valueOf(octets);
        while (unit < UNITS.length - 1 && value.compareTo(BigDecimal.valueOf(1000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(value.precision() - value.scale() >= 3 || unit == 0 ? 0 : 1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value) + " " + UNITS[unit];
    }

    /** The size without a loss, in the largest unit that divides it, for a field that is sent back. */
    public static String exact(long octets) {
        int unit = 0;
        long value = octets;
        while (unit < UNITS.length - 1 && value != 0 && value % 1000 == 0) {
            value /= 1000;
            unit++;
        }
        return value + " " + UNITS[unit];
    }

    /**
     * The size that a person wrote, such as {@code 500 MB} or {@code 1.5G}, in a language that says what a mark between figures means;
     * empty where it is none, is no whole number of octets, or is beyond what can be counted. Only a unit has parts: without one, a
     * mark divides thousands or nothing.
     */
    public static Optional<Long> parse(String text, Locale locale) {
        var written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        int power = "kmgt".indexOf(written.group(2).toLowerCase(Locale.ROOT)) + 1;
        return written.group(2).isEmpty()
                ? Figures.count(written.group(1), locale, Long.MAX_VALUE)
                : Figures.number(written.group(1), locale)
                        .flatMap(figure -> Figures.whole(figure.movePointRight(3 * power), Long.MAX_VALUE));
    }
}
