package org.mailroom.connector.imap.session;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.sasl.Sasl;

/** What this server can do, as it says in CAPABILITY (RFC 9051 §7.2.2): nothing that does not work. */
public final class Capabilities {
    /** At any time. */
    private static final List<String> ALWAYS =
            List.of("IMAP4rev1", "IMAP4rev2", "LITERAL+", "SASL-IR", "ID", "ENABLE", "LANGUAGE");

    /** Once the client has logged in. */
    private static final List<String> AFTER_LOGIN = List.of(
            "ACL",
            "BINARY",
            "CATENATE",
            "CHILDREN",
            "COMPRESS=DEFLATE",
            "CONDSTORE",
            "CREATE-SPECIAL-USE",
            "ESEARCH",
            "ESORT",
            "I18NLEVEL=1",
            "IDLE",
            "INPROGRESS",
            "LIST-EXTENDED",
            "LIST-MYRIGHTS",
            "LIST-STATUS",
            "METADATA",
            "MOVE",
            "MULTIAPPEND",
            "MULTISEARCH",
            "NAMESPACE",
            "NOTIFY",
            "OBJECTID",
            "PARTIAL",
            "PREVIEW",
            "QRESYNC",
            "QUOTA",
            "QUOTA=RES-STORAGE",
            "QUOTA=RES-MESSAGE",
            "REPLACE",
            "RIGHTS=kxte",
            "SAVEDATE",
            "SEARCH=FUZZY",
            "SEARCHRES",
            "SORT",
            "SORT=DISPLAY",
            "SPECIAL-USE",
            "STATUS=SIZE",
            "THREAD=ORDEREDSUBJECT",
            "THREAD=REFERENCES",
            "UIDONLY",
            "UIDPLUS",
            "UNAUTHENTICATE",
            "UNSELECT",
            "UTF8=ACCEPT",
            "WITHIN");

    private Capabilities() {}

    public static String of(ImapSession session) {
        var all = new ArrayList<>(ALWAYS);
        if (session.state() == ImapSession.State.NOT_AUTHENTICATED) {
            if (session.connection().canStartTls()) {
                all.add("STARTTLS");
            }
            // RFC 9051 §6.2.3: where no password may pass, no client should try.
            if (session.connection().passwordAllowed()) {
                var allowed = session.services().settings().mechanisms();
                Sasl.mechanisms(session.connection(), allowed).forEach(name -> all.add("AUTH=" + name));
            } else {
                all.add("LOGINDISABLED");
            }
        } else {
            all.addAll(AFTER_LOGIN);
            // RFC 7889 §2: the same for every mailbox.
            var limits = session.services().settings().limits();
            all.add("APPENDLIMIT=" + limits.messageSize());
            all.add("MESSAGELIMIT=" + limits.imapMessages());
        }
        return String.join(" ", all);
    }
}
