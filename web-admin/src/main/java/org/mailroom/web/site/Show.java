package org.mailroom.web.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures and times as people read them. */
@Named
@ApplicationScoped
public class Show {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Universal time; the page's script writes the reader's own over it. */
    public String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    public String size(long octets) {
        return Octets.text(octets, locale());
    }

    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale()).format(value);
    }

    /** A time span as seconds with one digit behind the point. */
    public String seconds(long milliseconds) {
        var format = NumberFormat.getNumberInstance(locale());
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(milliseconds / 1000.0) + " s";
    }

    /**
     * Text from the network for one line of a page: control and direction characters, which could rearrange the line, become
     * visible; escaping for HTML is the page's.
     */
    public String foreign(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .limit(2000)
                .forEach(character -> shown.appendCodePoint(
                        switch (Character.getType(character)) {
                            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
                            // The joiners inside emoji and Indic words turn nothing around.
                            case Character.FORMAT -> character == 0x200C || character == 0x200D ? character : 0xFFFD;
                            case Character.SURROGATE, Character.PRIVATE_USE -> 0xFFFD;
                            default -> character;
                        }));
        return shown.toString();
    }

    private static Locale locale() {
        return FacesContext.getCurrentInstance().getViewRoot().getLocale();
    }
}
