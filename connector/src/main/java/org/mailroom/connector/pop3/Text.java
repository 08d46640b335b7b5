package org.mailroom.connector.pop3;

import java.util.Locale;

/** Every sentence of ours, in every language. */
enum Text {
    READY("%s POP3 ready", "%s POP3 bereit"),
    BYE("Bye", "Auf Wiedersehen"),
    FAULT("Something broke here; try again later", "Hier ist etwas entzwei; bitte später noch einmal"),
    LATER("Try again later", "Bitte später noch einmal"),
    UNKNOWN_COMMAND("Unknown command", "Unbekannter Befehl"),
    NOTHING_REMOVED("Nothing was removed; try again later", "Nichts wurde gelöscht; bitte später noch einmal"),
    TOO_MANY_ERRORS("Too many errors", "Zu viele Fehler"),
    USAGE("Usage: %s", "So geht es: %s"),
    CAPABILITIES("Capability list follows", "Es folgt, was dieser Server kann"),

    NAME_GIVEN("Now the password", "Jetzt das Passwort"),
    NAME_FIRST("USER comes before PASS", "USER kommt vor PASS"),
    DENIED("Wrong name or password", "Name oder Passwort ist falsch"),
    NOT_UTF8("Names and passwords are UTF-8", "Namen und Passwörter sind UTF-8"),
    IN_THE_CLEAR(
            "No passwords in the clear here: begin TLS with STLS first",
            "Passwörter hier nicht im Klartext: zuerst STLS"),
    BEFORE_LOGIN("%s is for before login", "%s geht nur vor der Anmeldung"),
    AFTER_LOGIN("Log in first", "Zuerst anmelden"),
    NO_APOP(
            "APOP needs the password in the clear on the server: use AUTH, or USER and PASS under TLS",
            "APOP braucht das Passwort im Klartext auf dem Server: besser AUTH, oder USER und PASS unter TLS"),
    MECHANISMS("Mechanisms follow", "Es folgen die Verfahren"),
    NO_MECHANISM("No such mechanism here: try %s", "Dieses Verfahren gibt es hier nicht, aber %s"),
    BAD_RESPONSE("That is no response of this mechanism", "Diese Antwort passt nicht zum Verfahren"),
    CANCELLED("Given up, as you wish", "Aufgegeben, wie gewünscht"),

    TLS_BEGINS("Begin TLS", "TLS beginnt"),
    TLS_ACTIVE("TLS is active already", "TLS ist schon an"),
    NO_TLS("No certificate, so no TLS", "Ohne Zertifikat kein TLS"),

    UTF8_ON("UTF-8 from now on", "Ab jetzt UTF-8"),
    NO_STLS_AFTER_UTF8("STLS comes before UTF8", "STLS kommt vor UTF8"),
    NEEDS_UTF8("Message %d has UTF-8 in its header: send UTF8 first", "Nachricht %d hat UTF-8 im Kopf: zuerst UTF8"),
    LANGUAGES("Languages follow", "Es folgen die Sprachen"),
    LANGUAGE("Language changed", "Sprache geändert"),
    NO_LANGUAGE("No such language", "Diese Sprache gibt es nicht"),

    MAILDROP("%d messages (%d octets)", "%d Nachrichten (%d Oktette)"),
    PAIR("%d %s", "%d %s"),
    STAT("%d %d", "%d %d"),
    OCTETS("%d octets", "%d Oktette"),
    UNIQUE_IDS("Unique ids follow", "Es folgen die Kennungen"),
    TOP("Top of message follows", "Es folgt der Anfang der Nachricht"),
    DELETED("Message %d will be removed at QUIT", "Nachricht %d wird bei QUIT gelöscht"),
    NOTHING_DONE("Nothing done", "Nichts getan"),
    NO_SUCH_MESSAGE("No such message", "Diese Nachricht gibt es nicht"),
    REMOVED_ELSEWHERE("Message %d was removed by another session", "Nachricht %d hat eine andere Sitzung gelöscht"),
    REFUSED("That is not possible", "Das geht nicht"),
    IN_USE("Another session has this maildrop", "Eine andere Sitzung hat dieses Postfach"),
    LOGIN_DELAY("The last login is too recent", "Die letzte Anmeldung ist noch nicht lange genug her");

    private final String english;
    private final String german;

    Text(String english, String german) {
        this.english = english;
        this.german = german;
    }

    Words of(Object... values) {
        return new Words(String.format(Locale.ROOT, english, values), String.format(Locale.ROOT, german, values));
    }
}
