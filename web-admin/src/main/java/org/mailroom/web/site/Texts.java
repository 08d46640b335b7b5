package org.mailroom.web.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The console's words in the reader's language. */
@Named
@ApplicationScoped
public class Texts {
    public static final String BUNDLE = "org.mailroom.web.messages";

    /** A text with its gaps filled; figures are written as the reader's language writes them. */
    public String of(String key, Object... gaps) {
        return in(locale(), key, gaps);
    }

    /** A text for a word of the server's own (a state, a step); the word itself where there is none for it. */
    public String word(String group, String word) {
        try {
            return bundle(locale()).getString(group + "." + word);
        } catch (MissingResourceException newerThanThis) {
            return word;
        }
    }

    /** A sentence of the house, which says it in English. */
    public String said(String sentence) {
        return Refusals.in(locale(), sentence);
    }

    static String in(Locale locale, String key, Object... gaps) {
        return new MessageFormat(bundle(locale).getString(key), locale).format(gaps);
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE,
                locale,
                Texts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The reader's. */
    public static Locale locale() {
        var faces = FacesContext.getCurrentInstance();
        return faces == null || faces.getViewRoot() == null
                ? Locale.ENGLISH
                : faces.getViewRoot().getLocale();
    }
}
