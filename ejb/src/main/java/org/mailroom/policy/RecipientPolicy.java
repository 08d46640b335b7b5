package org.mailroom.policy;

import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;

/**
 * One link of the chain that judges RCPT TO. Every bean of this type takes part, also one of another application; the first
 * that knows an answer gives it. Called without a transaction, while the client waits.
 */
public interface RecipientPolicy {
    /** Where in the chain: the lower is asked first. */
    int order();

    /** A verdict, or nothing where it is not this policy's business. */
    Optional<Verdict> judge(Question question);

    /**
     * What is known at RCPT TO.
     *
     * @param envelope with the recipients that were accepted so far
     * @param resolution what the directory says of the address
     */
    record Question(Client client, Envelope envelope, Envelope.Recipient recipient, Resolution resolution) {
        /** Whether an account of ours stands behind the client. */
        public boolean isSubmission() {
            return client.login() != null;
        }
    }
}
