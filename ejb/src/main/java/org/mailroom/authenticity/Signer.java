package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.NameService;

/**
 * Signs what leaves the house, just before it is sent: DKIM with all keys in use of the author's domain, or else of the reverse
 * path's; and an ARC seal on what came from others and goes on. Without keys it is sent as it is.
 */
@ApplicationScoped
public class Signer {
    private static final List<String> SEALED = List.of(
            "from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "dkim-signature");

    @Inject
    private DkimKeys keys;

    @Inject
    private NameService names;

    private String hostname = "localhost";
    private @Nullable ArcCheck chains;

    public Signer() {}

    Signer(DkimKeys keys, ArcCheck chains, String hostname) {
        this.keys = keys;
        this.chains = chains;
        this.hostname = hostname;
    }

    @PostConstruct
    void configure() {
        hostname = AuthenticitySettings.of(Settings.current()).hostname();
        chains = new ArcCheck(names.dns());
    }

    /**
     * The same message with signatures on top. It must be sent as it then is: any change breaks them.
     *
     * @param envelope with the reverse path under which it goes
     */
    public MessageSource sign(MessageSource message, Envelope envelope) throws IOException {
        if (keys.isEmpty()) {
            return message;
        }
        var header = Header.of(message);
        if (!header.whole()) {
            return message;
        }
        var author = Authors.domains(header);
        var ofAuthor = author.size() == 1 ? keys.signing(author.getFirst()) : List.<SigningKey>of();
        var ofPath = keys.signing(Names.domain(envelope.reversePath()));
        var used = ofAuthor.isEmpty() ? ofPath : ofAuthor;
        if (used.isEmpty()) {
            return message;
        }
        var now = Instant.now();
        var signed = Topped.with(DkimSigning.fields(message, header, used, now), message);
        return ofAuthor.isEmpty() ? sealed(signed, used.getFirst(), now) : signed;
    }

    /** Only over what we found when it came (RFC 8617 §5.1): of mail that we wrote there is nothing to say. */
    private MessageSource sealed(MessageSource message, SigningKey key, Instant now) throws IOException {
        var header = Header.of(message);
        var results = ResultsField.of(header, hostname);
        if (results.isEmpty() || chains == null) {
            return message;
        }
        var present =
                SEALED.stream().filter(name -> !header.all(name).isEmpty()).toList();
        return ArcSealing.fields(message, header, results.get(), chains.check(message, header), present, key, now)
                .map(fields -> Topped.with(fields, message))
                .orElse(message);
    }
}
