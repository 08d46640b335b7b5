package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;

/** RFC 6409 §6.1: who submits, does so under an address of his own. */
@ApplicationScoped
public class OwnAddress implements Policy {
    @Inject
    private Directory directory;

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Decision sender(Question.Sender question) {
        var client = question.client();
        var login = client.login();
        if (login == null) {
            // RFC 6409 §4.3; the wire asks for AUTH before it asks us.
            return client.role() == Protocol.SUBMISSION ? refusal("Authentication required") : Decision.NONE;
        }
        // RFC 8098 §3: a mail program sends receipts without a reverse path.
        return question.envelope().isBounce()
                        || directory.maySendAs(login, question.envelope().reversePath())
                ? Decision.NONE
                : refusal("This login may not send under that address");
    }

    private static Decision refusal(String text) {
        return Decision.refuse(Reason.SENDER_NOT_ALLOWED, "own-address", text);
    }
}
