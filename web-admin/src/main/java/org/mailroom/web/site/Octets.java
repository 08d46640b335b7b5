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
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15}(?:[.,]\\d{1,6})?)\\s*([kKmMgGtT]?)[bB]?");

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

    /** The size that a person wrote, such as {@code 500 MB} or {@code 1,5G}; empty where it is none. */
    public static Optional<Long> parse(String text) {
        var written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        int power = "kmgt".indexOf(written.group(2).toLowerCase(Locale.ROOT)) + 1;
        int zeros = written.group(2).isEmpty() ? 0 : 3 * power;
        var octets = new BigDecimal(written.group(1).replace(',', '.')).movePointRight(zeros);
        return octets.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(octets.longValue());
    }
}
