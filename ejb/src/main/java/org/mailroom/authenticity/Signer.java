package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;

/**
 * Signs what leaves the house, just before it is sent: with DKIM what our people wrote, with all keys in use of the author's
 * domain or else of the reverse path's; with an ARC seal what came from others and goes on. Without keys it is sent as it is.
 */
@ApplicationScoped
public class Signer {
    /**
     * A parameter of queued mail that no client can set: nobody of ours wrote it. Who wrote what a stranger sent is not known,
     * and our signature would prove that it was whoever he says.
     */
    public static final String FOREIGN = "MAILROOM-FOREIGN";

    /** What {@link #FOREIGN} says where our findings, and no others in our name, stand in the header. */
    public static final String CHECKED = "checked";

    private static final List<String> SEALED = List.of(
            "from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "dkim-signature");

    @Inject
    private SigningKeys keys;

    private String hostname = "localhost";

    public Signer() {}

    Signer(SigningKeys keys, String hostname) {
        this.keys = keys;
        this.hostname = hostname;
    }

    @PostConstruct
    void configure() {
        hostname = AuthenticitySettings.of(Settings.current()).hostname();
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
        var ofPath = keys.of(Names.domain(envelope.reversePath()));
        var foreign = envelope.parameters().get(FOREIGN);
        return foreign == null
                ? own(message, header, ofPath)
                : passedOn(message, header, ofPath, foreign.equals(CHECKED));
    }

    private MessageSource own(MessageSource message, Header header, List<SigningKey> ofPath) throws IOException {
        var authors = Authors.domains(header);
        var ofAuthor = authors.size() == 1 ? keys.of(authors.getFirst()) : List.<SigningKey>of();
        var used = ofAuthor.isEmpty() ? ofPath : ofAuthor;
        return used.isEmpty() ? message : signed(message, header, used);
    }

    private static MessageSource signed(MessageSource message, Header header, List<SigningKey> used)
            throws IOException {
        return Topped.with(DkimSigning.fields(message, header, used, Instant.now()), message);
    }

    /** Of a forward or a list. Its domain answers for it with DKIM too, but never where that could prove the author's name. */
    private MessageSource passedOn(MessageSource message, Header header, List<SigningKey> ofPath, boolean checked)
            throws IOException {
        if (ofPath.isEmpty()) {
            return message;
        }
        var domain = ofPath.getFirst().domain();
        boolean aligned = Authors.domains(header).stream().anyMatch(author -> mayBelongTogether(author, domain));
        var signed = aligned ? message : signed(message, header, ofPath);
        return checked ? sealed(signed, ofPath.getFirst()) : signed;
    }

    /** Whether DMARC might take one for the other; it is no harm to think so where it would not. */
    private static boolean mayBelongTogether(String one, String other) {
        return lastLabels(one).equals(lastLabels(other));
    }

    private static String lastLabels(String domain) {
        int dot = domain.lastIndexOf('.', Math.max(0, domain.lastIndexOf('.') - 1));
        return domain.substring(dot + 1);
    }

    /**
     * Only over what we found when it came (RFC 8617 §5.1). That tells of the chain too, so that no name server is asked while
     * the next host waits.
     */
    private MessageSource sealed(MessageSource message, SigningKey key) throws IOException {
        var header = Header.of(message);
        var results = ResultsField.of(header, hostname);
        var chain = results.flatMap(text -> ResultsField.result(text, "arc"));
        if (results.isEmpty() || chain.isEmpty()) {
            return message;
        }
        var present =
                SEALED.stream().filter(name -> !header.all(name).isEmpty()).toList();
        return ArcSealing.fields(message, header, results.get(), chain.get(), present, key, Instant.now())
                .map(fields -> Topped.with(fields, message))
                .orElse(message);
    }
}
