package org.mailroom.connector.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.pop3.POP3Response;
import org.jspecify.annotations.Nullable;

/** Finds the command that a line names. */
final class Pop3Dispatcher extends CommandDispatcher<Pop3Session> {
    private final int mostErrors;

    /** @param mostErrors answers of -ERR before login, after which a client is only guessing */
    Pop3Dispatcher(int mostErrors) {
        this.mostErrors = mostErrors;
    }

    @Override
    public @Nullable Response onLine(Pop3Session session, byte[] line) {
        var response = super.onLine(session, line);
        return response == null ? null : counted(session, response);
    }

    Response counted(Pop3Session session, Response response) {
        if (session.maildrop() == null
                && response.getRetCode().equals(POP3Response.ERR_RESPONSE)
                && session.countError() >= mostErrors) {
            return Pop3Replies.ended(Pop3Replies.error("Too many errors"));
        }
        return response;
    }

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
