package org.mailroom.contract.policy;

/**
 * How a bean of another application joins the chain that judges mail: an MXBean of the server's JVM, registered as {@link #NAME}
 * followed by a name of its own, which {@code mail.policy.beans} lists. Applications share no classes but the JDK's; so question
 * and answer are JSON, and the other application needs no more of ours than this interface, from
 * {@code mailroom-contract.jar} or as a copy. (A remote EJB would need the ORB, which does not start on every JDK.)
 */
public interface OutsidePolicyMXBean {
    /** What comes before its own name. */
    String NAME = "org.mailroom:type=OutsidePolicy,name=";

    /**
     * What the bean thinks of a client, a sender, a recipient or a message. It is asked at each of these steps, and answers
     * within the time limit, or is passed over.
     *
     * @param question an object with {@code step} (connection, sender, recipient, content), {@code session}, {@code role},
     *     {@code address}, {@code helo}, {@code tls} (yes or no), {@code login} (empty: nobody), {@code facts} (what others found
     *     out, by name); from the sender on {@code sender}; at a recipient {@code recipient}; at the content {@code recipients},
     *     {@code queueId}, {@code size} in octets and {@code header}, a list of fields with {@code name} and {@code value}
     * @return empty where it has no opinion, otherwise an object with {@code action} (pass, allow, refuse, defer, junk, quarantine,
     *     discard, bounce), and if it likes {@code detail} for the trace, {@code text} for the client or the sender, and
     *     {@code facts} to be known to those who are asked later
     */
    String judge(String question);
}
