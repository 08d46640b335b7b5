package org.mailroom.connector.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 as it should be (RFC 3629): no overlong forms, no halves of surrogates. */
final class Utf8 {
    private Utf8() {}

    static boolean isWellFormed(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
