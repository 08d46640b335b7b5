package org.mailroom.connector.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.handler.CommandDispatcher;

/** Finds the command that a line names. */
final class Pop3Dispatcher extends CommandDispatcher<Pop3Session> {
    /** RFC 1939 §7: a password is the rest of the line as it was sent, spaces at either end and all. */
    @Override
    protected Request parseRequest(Pop3Session session, byte[] line) {
        var text = new String(line, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        var command = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        var rest = space < 0 ? "" : text.substring(space + 1);
        return new BaseRequest(command, command.equals(PassCommand.NAME) ? rest : rest.strip());
    }
}
