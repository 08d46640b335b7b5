package org.mailroom.connector.net;

import java.nio.charset.StandardCharsets;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Veil;
import org.mailroom.contract.wire.Wire;

/** What one connection adds to the transcripts: the lines of both sides, without secrets. Its lines are the worker's. */
final class Tape {
    private static final int LONGEST_LINE = 300;

    private final Transcripts transcripts;
    private final long session;
    private final Veil veil;

    Tape(Transcripts transcripts, String id, Protocol protocol) {
        this.transcripts = transcripts;
        this.session = Transcripts.number(id);
        this.veil = new Veil(protocol);
    }

    void heard(Input input) {
        if (!transcripts.isOn()) {
            return;
        }
        switch (input) {
            case Input.Command command -> client(command.line());
            case Input.Content content when content.line().length > 0 -> client(content.line());
            case Input.Content message -> {}
            case Input.Malformed malformed -> transcripts.add(session, Wire.Who.CLIENT, Veil.HIDDEN);
        }
    }

    private void client(byte[] line) {
        var text = new String(line, 0, Math.min(line.length, LONGEST_LINE), StandardCharsets.UTF_8);
        transcripts.add(session, Wire.Who.CLIENT, veil.sent(text));
    }

    /** @param text one line or more, with CRLF */
    void said(String text) {
        if (transcripts.isOn()) {
            transcripts.add(session, Wire.Who.SERVER, veil.received(text.stripTrailing()));
        }
    }

    void note(Wire.Who what, String text) {
        transcripts.add(session, what, text);
    }
}
