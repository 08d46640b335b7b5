package org.mailroom.contract.receive;

import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;

/** The house as SMTP calls it, one call a decision. Calls hold no transaction but {@link #accept}. */
public interface MailReceiver {
    /**
     * MAIL FROM.
     *
     * @param envelope reverse path and parameters; no recipients yet
     */
    Verdict sender(Client client, Envelope envelope);

    /**
     * RCPT TO.
     *
     * @param envelope as it stands, without this recipient
     */
    Verdict recipient(Client client, Envelope envelope, Envelope.Recipient recipient);

    /**
     * The final dot. When this returns, the message is committed for every recipient; when it throws, for none.
     *
     * @param content as received; the house adds Return-Path and Received
     * @return the queue id, which the 250 tells the client and the trace finds again
     */
    String accept(Client client, Envelope envelope, MessageSource content) throws MailException;

    /**
     * Tells the trace of a decision that the wire made without asking: a syntax error, a limit, a failed handshake.
     *
     * @param step such as {@code rcpt} or {@code data}
     * @param reply the line that was sent
     */
    void refused(Client client, Envelope envelope, String step, String reply);
}
