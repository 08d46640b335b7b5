package org.mailroom.connector.net;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.Wire.Said;

/**
 * What was said lately in all sessions. It lies in rings of a fixed size, so that keeping it costs a copy of some octets and no
 * object; the sessions share them, and what is oldest goes first.
 */
final class Transcripts {
    private static final int RINGS = 8;

    /** Of one entry; what people type is shorter, and of what programs say the beginning tells. */
    private static final int LONGEST = 600;

    private static final Wire.Who[] WHO = Wire.Who.values();

    private final Ring[] rings;

    /** @param octets in all; 0: nothing is kept */
    Transcripts(int octets) {
        rings = new Ring[octets == 0 ? 0 : RINGS];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new Ring(octets / RINGS);
        }
    }

    /** Whether anything is kept. */
    boolean isOn() {
        return rings.length > 0;
    }

    void add(long session, Wire.Who who, String text) {
        if (isOn()) {
            var whole = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            ring(session)
                    .add(session, System.currentTimeMillis(), who.ordinal(), whole.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Ring ring(long session) {
        return rings[(int) (session % rings.length)];
    }

    /** @param after the number of the last one that is known; -1: all */
    List<Said> of(String id, long after) {
        var found = new ArrayList<Said>();
        long session = number(id);
        if (isOn() && session >= 0) {
            ring(session)
                    .read(
                            session,
                            after,
                            (number, whose, at, who, text) -> found.add(new Said(
                                    number,
                                    Instant.ofEpochMilli(at),
                                    WHO[who],
                                    new String(text, StandardCharsets.UTF_8))));
        }
        return found;
    }

    /** The latest first. */
    List<Wire.Past> past(int most) {
        var known = new HashMap<Long, Wire.Past>();
        for (var ring : rings) {
            ring.read(
                    -1,
                    -1,
                    (number, session, at, who, text) ->
                            known.merge(session, first(session, at, who, text), Transcripts::later));
        }
        return known.values().stream()
                .sorted(Comparator.comparing(Wire.Past::to).reversed())
                .limit(most)
                .toList();
    }

    private static Wire.Past first(long session, long at, int who, byte[] text) {
        var time = Instant.ofEpochMilli(at);
        var about = WHO[who] == Wire.Who.OPENED ? new String(text, StandardCharsets.UTF_8) : "";
        return new Wire.Past(id(session), time, time, about, 1);
    }

    private static Wire.Past later(Wire.Past old, Wire.Past one) {
        return new Wire.Past(old.session(), old.from(), one.to(), old.about(), old.entries() + 1);
    }

    /** A session's id as a number: less to write. */
    static long number(String id) {
        try {
            return Long.parseLong(id, 32);
        } catch (NumberFormatException nobodys) {
            return -1;
        }
    }

    private static String id(long session) {
        return Long.toString(session, 32);
    }
}
