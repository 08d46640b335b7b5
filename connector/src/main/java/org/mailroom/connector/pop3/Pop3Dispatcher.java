package org.mailroom.connector.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.handler.CommandDispatcher;

/** Finds the command that a line names. */
final class Pop3Dispatcher extends CommandDispatcher<Pop3Session> {
    /** What a line that is not UTF-8 has for an argument; no line can have it. */
    static final String NOT_UTF8 = "\0";

    /** RFC 1939 §7: a password is the rest of the line as it was sent, spaces at either end and all. */
    @Override
    protected Request parseRequest(Pop3Session session, byte[] line) {
        var text = new String(line, StandardCharsets.ISO_8859_1);
        int space = text.indexOf(' ');
        var command = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        var rest = space < 0 ? "" : utf8(line, space + 1);
        return new BaseRequest(command, command.equals(PassCommand.NAME) ? rest : rest.strip());
    }

    /** RFC 6856 §2.2: what is no UTF-8 must not pass for another name or password. */
    private static String utf8(byte[] line, int from) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, from, line.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return NOT_UTF8;
        }
    }
}
