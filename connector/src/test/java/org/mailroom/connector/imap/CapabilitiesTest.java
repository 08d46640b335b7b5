package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.connector.conversation.Conversation;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** What is advertised is shown: each capability has a conversation that bears the number of its RFC. */
class CapabilitiesTest {
    private static final Map<String, String> RFCS = rfcs("""
            ACL 4314, APPENDLIMIT 7889, AUTH 9051, BINARY 3516, CATENATE 4469, CHILDREN 3348, CONDSTORE 7162,
            CREATE-SPECIAL-USE 6154, ENABLE 5161, ESEARCH 4731, ESORT 5267, I18NLEVEL 5255, ID 2971, IDLE 2177,
            IMAP4rev1 3501, IMAP4rev2 9051, INPROGRESS 9585, LANGUAGE 5255, LIST-EXTENDED 5258, LIST-MYRIGHTS 8440,
            LIST-STATUS 5819, LITERAL+ 7888, MESSAGELIMIT 9738, METADATA 5464, MOVE 6851, MULTIAPPEND 3502,
            MULTISEARCH 7377, NAMESPACE 2342, NOTIFY 5465, OBJECTID 8474, PARTIAL 9394, PREVIEW 8970, QRESYNC 7162,
            QUOTA 9208, REPLACE 8508, RIGHTS 4314, SASL-IR 4959, SAVEDATE 8514, SEARCH 6203, SEARCHRES 5182, SORT 5256,
            SORT=DISPLAY 5957, SPECIAL-USE 6154, STATUS 8438, THREAD 5256, UIDONLY 9586, UIDPLUS 4315,
            UNAUTHENTICATE 8437, UNSELECT 3691, UTF8 9755, WITHIN 5032""");

    /** What is compressed cannot be read as lines; {@link CompressTest} shows it. */
    private static final String COMPRESS = "COMPRESS";

    @TempDir
    static Path folder;

    private static Map<String, String> rfcs(String table) {
        var rfcs = new TreeMap<String, String>();
        for (var row : table.strip().split(",\\s+")) {
            var words = row.split(" ");
            rfcs.put(words[0], words[1]);
        }
        return rfcs;
    }

    @Test
    void each_has_a_conversation_of_its_rfc() throws Exception {
        var told = new TreeSet<String>();
        try (var fixture = new ImapFixture(folder, PlaintextLogin.LOOPBACK, Duration.ofMinutes(1));
                var client = new ImapClient(fixture.address())) {
            client.command("CAPABILITY", line -> told.addAll(names(line)));
            client.login();
            client.command("CAPABILITY", line -> told.addAll(names(line)));
        }
        told.remove(COMPRESS);
        assertThat(told).isEqualTo(RFCS.keySet());
        var names = Conversation.in("imap");
        RFCS.forEach((capability, rfc) ->
                assertThat(names).as(capability).anyMatch(name -> name.contains("rfc" + rfc + "-")));
    }

    /** Without the values that come behind the sign; DISPLAY is an extension of its own. */
    private static List<String> names(String line) {
        return List.of(line.replace("* CAPABILITY ", "").split(" ")).stream()
                .map(word -> word.equals("SORT=DISPLAY") ? word : word.replaceFirst("=.*", ""))
                .filter(word -> !word.isBlank() && Character.isUpperCase(word.charAt(0)))
                .toList();
    }
}
