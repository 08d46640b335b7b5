package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client must believe of a mailbox, from nothing but what it was told (RFC 9051 §2.3.1.2, §7.5). Complains where two
 * things that were told do not agree: in this session, or with what another was told of the same message at the same
 * mod-sequence.
 */
final class ToldView {
    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final Pattern MODSEQ = Pattern.compile("MODSEQ \\((\\d+)\\)");

    /** One message; null is not known. */
    static final class Message {
        @Nullable
        Long uid;

        @Nullable
        String flags;

        long modseq;
    }

    final List<Message> messages = new ArrayList<>();

    /** By UID and mod-sequence, the flags that any session was told. */
    private final Map<String, String> told;

    ToldView(Map<String, String> told) {
        this.told = told;
    }

    static Map<String, String> common() {
        return new ConcurrentHashMap<>();
    }

    boolean hasUnknown() {
        return messages.stream().anyMatch(m -> m.uid == null || m.flags == null);
    }

    /** @param numbers whether the command at hand named messages by number, so that none may go (RFC 9051 §7.5.1) */
    void believe(String line, boolean numbers) {
        var words = line.split(" ");
        if (line.endsWith(" EXISTS")) {
            int count = Integer.parseInt(words[1]);
            assertThat(count).as(line).isGreaterThanOrEqualTo(messages.size());
            while (messages.size() < count) {
                messages.add(new Message());
            }
        } else if (line.endsWith(" EXPUNGE")) {
            assertThat(numbers).as(line + " while numbers are in use").isFalse();
            messages.remove(Integer.parseInt(words[1]) - 1);
        } else if (line.startsWith("* VANISHED ")) {
            assertThat(numbers).as(line + " while numbers are in use").isFalse();
            vanished(words[2]);
        } else {
            var fetch = FETCH.matcher(line);
            if (fetch.matches()) {
                fetched(messages.get(Integer.parseInt(fetch.group(1)) - 1), fetch.group(2), line);
            }
        }
    }

    private void vanished(String set) {
        for (var range : set.split(",")) {
            var ends = range.split(":");
            long last = Long.parseLong(ends[ends.length - 1]);
            for (long uid = Long.parseLong(ends[0]); uid <= last; uid++) {
                assertThat(remove(uid))
                        .as("VANISHED " + set + ": " + uid + " was there")
                        .isTrue();
            }
        }
    }

    /** One whose UID is not known yet is found by its neighbours: UIDs ascend, and alike are those in between. */
    private boolean remove(long uid) {
        int unknown = -1;
        for (int i = 0; i < messages.size(); i++) {
            var known = messages.get(i).uid;
            if (known == null) {
                unknown = i;
            } else if (known == uid) {
                unknown = i;
                break;
            } else if (known < uid) {
                unknown = -1;
            } else {
                break;
            }
        }
        return unknown >= 0 && messages.remove(unknown) != null;
    }

    private void fetched(Message message, String items, String line) {
        var uid = UID.matcher(items);
        if (uid.find()) {
            long said = Long.parseLong(uid.group(1));
            assertThat(message.uid == null || message.uid == said)
                    .as(line + ", but it was " + message.uid)
                    .isTrue();
            message.uid = said;
            assertAscending();
        }
        var modseq = MODSEQ.matcher(items);
        boolean dated = modseq.find();
        if (dated) {
            long said = Long.parseLong(modseq.group(1));
            assertThat(said).as(line).isGreaterThanOrEqualTo(message.modseq);
            message.modseq = said;
        }
        var flags = FLAGS.matcher(items);
        if (flags.find()) {
            message.flags = sorted(flags.group(1));
            if (dated && message.uid != null) {
                var other = told.putIfAbsent(message.uid + "@" + message.modseq, message.flags);
                assertThat(message.flags)
                        .as(line + ", as others were told")
                        .isEqualTo(other == null ? message.flags : other);
            }
        } else if (dated) {
            message.flags = null; // a silent STORE: the client would have to work it out
        }
    }

    private void assertAscending() {
        long before = 0;
        for (var message : messages) {
            if (message.uid != null) {
                assertThat(message.uid).isGreaterThan(before);
                before = message.uid;
            }
        }
    }

    /** Without \Recent, which is another one's for each session. */
    private static String sorted(String flags) {
        var all = new TreeSet<>(List.of(flags.split(" ")));
        all.remove("\\Recent");
        all.remove("");
        return String.join(" ", all);
    }

    /** UID and flags of each message. */
    List<String> known() {
        return messages.stream().map(m -> m.uid + " " + m.flags).toList();
    }
}
