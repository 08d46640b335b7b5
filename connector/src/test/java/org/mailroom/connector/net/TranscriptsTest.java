package org.mailroom.connector.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailroom.contract.wire.Wire;

class TranscriptsTest {
    private static final int SIZE = 8 * 4096;

    private final Transcripts transcripts = new Transcripts(SIZE);
    private final String id = "abc12345";
    private final long session = Transcripts.number(id);

    @Test
    void what_was_said_is_read_in_its_order() {
        transcripts.add(session, Wire.Who.OPENED, "SMTP 192.0.2.1:5");
        transcripts.add(session + 8, Wire.Who.CLIENT, "of a session in the same ring");
        transcripts.add(session, Wire.Who.CLIENT, "EHLO größe.example");
        var said = transcripts.of(id, -1);
        assertThat(said).extracting(Wire.Said::text).containsExactly("SMTP 192.0.2.1:5", "EHLO größe.example");
        assertThat(transcripts.of(id, said.getFirst().number()))
                .extracting(Wire.Said::text)
                .containsExactly("EHLO größe.example");
        assertThat(transcripts.of(id, said.getLast().number())).isEmpty();
    }

    @Test
    void oldest_makes_room_and_the_newest_stays_whole() {
        for (int i = 0; i < 10_000; i++) {
            transcripts.add(session, Wire.Who.CLIENT, "line " + i + " " + "x".repeat(i % 97));
        }
        var said = transcripts.of(id, -1);
        int oldest = 10_000 - said.size();
        assertThat(said).hasSizeBetween(40, 80);
        for (int i = 0; i < said.size(); i++) {
            int n = oldest + i;
            assertThat(said.get(i).text()).isEqualTo("line " + n + " " + "x".repeat(n % 97));
        }
    }

    @Test
    void entry_is_cut_and_a_strange_id_has_none() {
        transcripts.add(session, Wire.Who.SERVER, "y".repeat(100_000));
        assertThat(transcripts.of(id, -1).getFirst().text()).hasSize(600);
        assertThat(transcripts.of("not-an-id", -1)).isEmpty();
        assertThat(transcripts.of("-5", -1)).isEmpty();
    }

    @Test
    void sessions_that_ended_are_listed_the_latest_first() {
        transcripts.add(session, Wire.Who.OPENED, "IMAP 192.0.2.1:5");
        transcripts.add(session, Wire.Who.CLOSED, "");
        assertThat(transcripts.past(10))
                .singleElement()
                .satisfies(past -> assertThat(past.session()).isEqualTo(id))
                .satisfies(past -> assertThat(past.about()).isEqualTo("IMAP 192.0.2.1:5"))
                .satisfies(past -> assertThat(past.entries()).isEqualTo(2));
    }

    @Test
    void switched_off_it_keeps_nothing() {
        var off = new Transcripts(0);
        off.add(session, Wire.Who.CLIENT, "EHLO me");
        assertThat(off.of(id, -1)).isEmpty();
        assertThat(off.past(10)).isEmpty();
    }
}
