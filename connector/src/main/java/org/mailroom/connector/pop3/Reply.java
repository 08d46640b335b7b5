package org.mailroom.connector.pop3;

import java.io.InputStream;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;
import org.apache.james.protocols.pop3.POP3StartTlsResponse;
import org.apache.james.protocols.pop3.POP3StreamResponse;
import org.jspecify.annotations.Nullable;

/**
 * A reply before it is written: which language it is in the session knows.
 *
 * @param code in brackets with a space behind it (RFC 2449 §8), or empty; what stands there is for programs
 * @param lines of a reply of many lines, without the dot at the end
 */
record Reply(
        boolean isOk, String code, Words words, @Nullable InputStream lines, After after) implements Response {
    /** What follows the reply. */
    enum After {
        NEXT_COMMAND,
        TLS,
        END
    }

    static Reply ok(Words words) {
        return new Reply(true, "", words, null, After.NEXT_COMMAND);
    }

    static Reply error(String code, Words words) {
        return new Reply(false, code, words, null, After.NEXT_COMMAND);
    }

    Reply lines(InputStream stream) {
        return new Reply(isOk, code, words, stream, after);
    }

    Reply then(After next) {
        return new Reply(isOk, code, words, lines, next);
    }

    /** As James writes it. */
    Response in(Language language) {
        var text = code + words.in(language);
        if (lines != null) {
            return new POP3StreamResponse(getRetCode(), text, lines);
        }
        if (after == After.TLS) {
            return new POP3StartTlsResponse(getRetCode(), text);
        }
        var response = new POP3Response(getRetCode(), text);
        response.setEndSession(isEndSession());
        return response;
    }

    @Override
    public String getRetCode() {
        return isOk ? POP3Response.OK_RESPONSE : POP3Response.ERR_RESPONSE;
    }

    @Override
    public List<CharSequence> getLines() {
        return in(Language.EN).getLines();
    }

    @Override
    public boolean isEndSession() {
        return after == After.END;
    }
}
