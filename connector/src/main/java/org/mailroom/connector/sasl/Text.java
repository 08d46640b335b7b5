package org.mailroom.connector.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.mailroom.connector.sasl.Mechanism.MalformedMessage;

/** Octets as text: what is not UTF-8 must not pass for another name or password. */
final class Text {
    private Text() {}

    static String utf8(byte[] octets) throws MalformedMessage {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage();
        }
    }
}
