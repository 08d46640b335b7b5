package org.mailroom.policy;

import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;

/** One link of the chain that judges MAIL FROM; otherwise as {@link RecipientPolicy}. */
public interface SenderPolicy {
    /** Where in the chain: the lower is asked first. */
    int order();

    /** A verdict, or nothing where it is not this policy's business. */
    Optional<Verdict> judge(Client client, Envelope envelope);
}
