package org.mailroom.connector.imap.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said to people, in German; what has no line here is said as it is. */
final class German {
    /** English and German, line by line; % stands for what is taken over. The first that fits counts. */
    private static final String LINES = """
            % completed for the last % messages
            % für die letzten % Nachrichten ausgeführt
            % completed
            % ausgeführt
            Logged in
            Angemeldet
            Logging out
            Auf Wiedersehen
            Wrong name or password
            Name oder Passwort ist falsch
            Too many errors
            Zu viele Fehler
            Still at it
            Noch nicht fertig
            Moved
            Verschoben
            The first unseen message
            Die erste ungelesene Nachricht
            UIDs are valid
            UIDs sind gültig
            The next UID
            Die nächste UID
            The mailbox, whatever its name
            Der Ordner, wie er auch heißt
            Flags that stay
            Markierungen, die bleiben
            The highest mod-sequence
            Der höchste Änderungsstand
            The mailbox before is closed
            Der vorige Ordner ist geschlossen
            The mailbox that was selected is deleted
            Der geöffnete Ordner ist gelöscht
            The mailbox was opened by EXAMINE
            Der Ordner ist nur zum Lesen geöffnet
            Some of these messages are gone; the others are changed
            Einige dieser Nachrichten sind fort; die anderen sind geändert
            Some of these messages have changed since
            Einige dieser Nachrichten haben sich inzwischen geändert
            At most so many messages can be copied at once
            So viele Nachrichten können nicht auf einmal kopiert werden
            These languages are spoken here
            Diese Sprachen werden hier gesprochen
            None of these languages is spoken here
            Keine dieser Sprachen wird hier gesprochen
            A value is too long
            Ein Wert ist zu lang
            The connection is compressed already
            Die Verbindung ist schon komprimiert
            APPEND cancelled by an empty message
            APPEND durch eine leere Nachricht abgebrochen
            The mechanisms that can be had: %
            Diese Verfahren gibt es: %
            A mailbox has one use, of %
            Ein Ordner hat einen Zweck von diesen: %
            A part has a transfer encoding that is not known here
            Ein Teil ist in einer Weise kodiert, die hier nicht bekannt ist
            That charset is not known here
            Dieser Zeichensatz ist hier nicht bekannt
            That event is not known here
            Dieses Ereignis ist hier nicht bekannt
            That URL names nothing here
            Diese URL bezeichnet hier nichts
            Something broke here, and is in the log
            Hier ist etwas fehlgeschlagen; es steht im Protokoll
            Cannot do that now; try again later
            Das geht gerade nicht; bitte später noch einmal
            """;

    private static final Map<Pattern, String> TEXTS = texts(LINES);

    private German() {}

    private static Map<Pattern, String> texts(String lines) {
        var texts = new LinkedHashMap<Pattern, String>();
        var each = lines.lines().toList();
        for (int i = 0; i < each.size(); i += 2) {
            var english = Pattern.quote(each.get(i)).replace("%", "\\E(.*)\\Q");
            texts.put(Pattern.compile(english), each.get(i + 1));
        }
        return texts;
    }

    static String of(String english) {
        for (var text : TEXTS.entrySet()) {
            var found = text.getKey().matcher(english);
            if (found.matches()) {
                return filled(text.getValue(), found);
            }
        }
        return english;
    }

    private static String filled(String german, Matcher found) {
        var filled = german;
        for (int group = 1; group <= found.groupCount(); group++) {
            filled = filled.replaceFirst("%", Matcher.quoteReplacement(found.group(group)));
        }
        return filled;
    }
}
