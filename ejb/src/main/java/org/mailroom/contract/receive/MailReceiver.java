package org.mailroom.contract.receive;

import java.util.List;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;

/** The house as SMTP calls it, one call a decision. Calls hold no transaction but {@link #accept}. */
public interface MailReceiver {
    /** EHLO or HELO, with the name that the client gave. A refusal ends the session. */
    Verdict connection(Client client);

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
     */
    Receipt.Taken accept(Client client, Envelope envelope, MessageSource content) throws MailException;

    /**
     * The final dot of LMTP (RFC 2033 §4.2): each recipient has the message or not.
     *
     * @return as many answers as the envelope has recipients, in their order
     * @throws MailException where it stands for all of them
     */
    List<Receipt> deliver(Client client, Envelope envelope, MessageSource content) throws MailException;

    /**
     * VRFY.
     *
     * @param name an address, or what stands before its @
     */
    Lookup verify(Client client, String name) throws MailException;

    /** EXPN, for a name as above. */
    Lookup expand(Client client, String name) throws MailException;

    /**
     * Where mail for an address goes, in lines for people (VERB); none for those who may not know.
     *
     * @param envelope as it stands
     */
    List<String> whereTo(Client client, Envelope envelope, String address);

    /**
     * ETRN: tries at once what waits for a domain.
     *
     * @param domain with an @ before it, its subdomains as well
     */
    QueueRun runQueue(Client client, String domain) throws MailException;

    /**
     * Tells the trace of a decision that the wire made without asking: a syntax error, a limit, a failed handshake.
     *
     * @param step such as {@code rcpt} or {@code data}
     * @param reply the line that was sent
     */
    void refused(Client client, Envelope envelope, String step, String reply);
}
