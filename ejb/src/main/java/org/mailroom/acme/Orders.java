package org.mailroom.acme;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.Authorities;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/** Asks authorities; whoever calls holds neither a transaction nor a lock. */
@ApplicationScoped
public class Orders {
    /** For one order; as long is its lease. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    @Inject
    private AcmeTable table;

    @Inject
    private Answers answers;

    private Authorities trusted = new Authorities("");

    public Orders() {}

    Orders(AcmeTable table, Answers answers, Authorities trusted) {
        this.table = table;
        this.answers = answers;
        this.trusted = trusted;
    }

    @PostConstruct
    void configure() {
        trusted = AcmeSettings.of(Settings.current()).trusted();
    }

    /** What the authority wants its customers to agree to: most often a URL; empty for nothing. */
    public String terms(String directory) throws AcmeFailure {
        var session = session(directory);
        try {
            return AcmeOrder.terms(session);
        } catch (AcmeException | RuntimeException e) {
            throw new AcmeFailure("directory", Explained.of(e));
        } finally {
            session.getHttpClient().shutdownNow();
        }
    }

    /** As it is set up; the caller has the lease. */
    public Given order() throws AcmeFailure, InterruptedException {
        var plan = table.plan().orElseThrow(() -> new AcmeFailure("directory", "Orders were turned off meanwhile"));
        var session = session(plan.directory());
        try {
            return new AcmeOrder(plan, session, answers, this::done, LONGEST.minusMinutes(1)).run(table.accountKey());
        } finally {
            session.getHttpClient().shutdownNow();
            answers.clear();
        }
    }

    private void done(String step, String said) {
        table.step(step, true, said);
    }

    private Session session(String directory) throws AcmeFailure {
        try {
            var session = new Session(URI.create(directory), new TrustedServer(trusted.context()));
            session.setLocale(Locale.ENGLISH);
            return session;
        } catch (IOException | GeneralSecurityException e) {
            throw new AcmeFailure("directory", "mail.tls.authorities=" + trusted.file() + ": " + e.getMessage());
        }
    }
}
