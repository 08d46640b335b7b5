package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailroom.config.Settings;

/** {@link SenderRewriting} with the secrets of this house: for what is forwarded, and for bounces to it that come home. */
@ApplicationScoped
public class ForwardedSenders {
    @Inject
    private SenderSecrets secrets;

    private SenderRewriting rewriting = new SenderRewriting(List.of(), Duration.ZERO, InstantSource.system());

    @PostConstruct
    void start() {
        var valid = Settings.of(Settings.current()).duration("mail.forward.bounces", Duration.ofDays(21));
        rewriting = new SenderRewriting(secrets.load(), valid, InstantSource.system());
    }

    /**
     * The reverse path under which a message goes on to a stranger.
     *
     * @param reversePath as it came; the empty one stays empty
     * @param domain ours, of the address that forwards
     */
    public String forwarded(String reversePath, String domain) {
        return rewriting.forwarded(reversePath, domain);
    }

    /** Where a bounce to this address of ours belongs; empty where it is no rewritten sender, or no longer. */
    public Optional<String> original(String address) {
        return SenderRewriting.isRewritten(address) ? rewriting.original(address) : Optional.empty();
    }
}
