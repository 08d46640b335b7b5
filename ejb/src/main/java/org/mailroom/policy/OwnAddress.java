package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;

/** RFC 6409 §6.1: who submits, does so under an address of his own. */
@ApplicationScoped
public class OwnAddress implements SenderPolicy {
    @Inject
    private Directory directory;

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Optional<Verdict> judge(Client client, Envelope envelope) {
        if (client.role() != Protocol.SUBMISSION && client.login() == null) {
            return Optional.empty();
        }
        var login = client.login();
        if (login == null) {
            // RFC 6409 §4.3; the wire asks for AUTH before it asks us.
            return Optional.of(refusal("Authentication required"));
        }
        // RFC 8098 §3: a mail program sends receipts without a reverse path.
        if (envelope.isBounce() || directory.maySendAs(login, envelope.reversePath())) {
            return Optional.of(new Verdict.Accept("own-address"));
        }
        return Optional.of(refusal("This login may not send under that address"));
    }

    private static Verdict refusal(String text) {
        return new Verdict.Refuse(Reason.SENDER_NOT_ALLOWED, "own-address", text);
    }
}
