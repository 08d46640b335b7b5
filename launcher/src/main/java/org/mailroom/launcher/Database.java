package org.mailroom.launcher;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/**
 * The database as the pool needs it.
 *
 * @param url without user and password, which would end up in process lists and logs
 */
record Database(String url, String user, String password) {
    static final String EMBEDDED = "embedded";
    private static final String PREFIX = "jdbc:postgresql:";

    /** What {@code --database} means in settings: user and password are taken out of the URL. */
    static Map<String, String> settings(String word) {
        if (word.equals(EMBEDDED)) {
            return Map.of("mail.database.url", "");
        }
        if (!word.startsWith(PREFIX)) {
            throw new Trouble("--database " + word
                    + " is neither \"embedded\" nor a URL such as jdbc:postgresql://host:5432/mailroom");
        }
        int question = word.indexOf('?');
        if (question < 0) {
            return Map.of("mail.database.url", word);
        }
        var settings = new java.util.LinkedHashMap<String, String>();
        var kept = new ArrayList<String>();
        for (var parameter : word.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.equals("user") || name.equals("password")) {
                var value = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
                settings.put("mail.database." + name, value);
            } else if (!parameter.isEmpty()) {
                kept.add(parameter);
            }
        }
        settings.put(
                "mail.database.url",
                word.substring(0, question) + (kept.isEmpty() ? "" : "?" + String.join("&", kept)));
        return settings;
    }

    /** The operator's own database, as the settings say. */
    static Database of(Settings settings) {
        var url = settings.text("mail.database.url", "");
        if (!url.startsWith(PREFIX)) {
            throw new Trouble("mail.database.url=" + url + " is no URL such as jdbc:postgresql://host:5432/mailroom");
        }
        return new Database(
                url, settings.text("mail.database.user", "mailroom"), settings.text("mail.database.password", ""));
    }

    static boolean embedded(Settings settings) {
        return settings.text("mail.database.url", "").isEmpty();
    }
}
