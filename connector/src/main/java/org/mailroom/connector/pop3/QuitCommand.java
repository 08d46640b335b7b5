package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §6: removes what was marked, gives the lock back, and only then says so. */
final class QuitCommand implements Pop3Command {
    private static final System.Logger LOG = System.getLogger(QuitCommand.class.getName());

    @Override
    public String name() {
        return "QUIT";
    }

    @Override
    public Response answer(Pop3Session session, String argument) {
        var maildrop = session.maildrop();
        if (maildrop == null) {
            return Pop3Replies.ended(Pop3Replies.ok(Text.BYE));
        }
        try {
            maildrop.update();
            return Pop3Replies.ended(Pop3Replies.ok(Text.BYE));
        } catch (MailException refusal) {
            return Pop3Replies.ended(Pop3Replies.refused(refusal));
        } catch (RuntimeException fault) {
            // The session ends all the same, and nothing was removed.
            LOG.log(System.Logger.Level.ERROR, "session=" + session.getSessionID() + " status=fault doing=QUIT", fault);
            return Pop3Replies.ended(Reply.error("[SYS/TEMP] ", Text.NOTHING_REMOVED.of()));
        } finally {
            session.release();
        }
    }
}
