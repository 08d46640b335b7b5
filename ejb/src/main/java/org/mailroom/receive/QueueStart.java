package org.mailroom.receive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.mailroom.contract.MailException;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.QueueRun;
import org.mailroom.directory.Directory;
import org.mailroom.queue.DomainHosts;
import org.mailroom.queue.Flush;
import org.mailroom.trace.OneLine;

/**
 * ETRN (RFC 1985): has tried at once what waits for a domain, if a host of that domain asks, or somebody whom we trust. Where the
 * mail goes is not the client's to say (RFC 1985 §6).
 */
@ApplicationScoped
public class QueueStart {
    private static final System.Logger LOG = System.getLogger(QueueStart.class.getName());

    @Inject
    private Directory directory;

    @Inject
    private DomainHosts hosts;

    @Inject
    private Flush flush;

    /** @param argument a domain; with an @ before it, all below it too */
    public QueueRun run(Client client, String argument) throws MailException {
        boolean below = argument.startsWith("@");
        var domain = argument.substring(below ? 1 : 0).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!client.trusted() && !isOfHost(domain, client)) {
            return new QueueRun.NotEntitled("Only a host of " + domain + " may ask, and only if its mail waits here");
        }
        int messages = flush.domain(domain) + (below ? flush.domain("*." + domain) : 0);
        LOG.log(
                System.Logger.Level.INFO,
                "etrn=" + OneLine.of(argument, 260) + " client="
                        + ReceivedField.literal(client.address().getAddress()) + " session=" + client.session()
                        + " messages=" + messages);
        return new QueueRun.Started(messages);
    }

    /** The hosts of any other domain have no say: for them nothing is kept. */
    private boolean isOfHost(String domain, Client client) throws MailException {
        return (directory.isRelayed(domain) || directory.isHeld(domain))
                && hosts.include(domain, client.address().getAddress());
    }
}
