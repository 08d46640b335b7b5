package org.mailroom.authenticity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mailroom.directory.AddressRule;

/** A bounce to a rewritten sender goes to whom was rewritten. */
@ApplicationScoped
public class ReturnedBounces implements AddressRule {
    @Inject
    private ForwardedSenders senders;

    @Override
    public Optional<String> leadsTo(String address) {
        return senders.original(address);
    }
}
