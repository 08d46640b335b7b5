package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.acme.AcmeFailure;
import org.mailroom.acme.AcmeTable;
import org.mailroom.acme.Given;
import org.mailroom.acme.Orders;
import org.mailroom.house.CertificateFiles;

/** Orders certificates when it is time or somebody says so, on one node; each node shows what was given, within seconds. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@ManagedExecutorDefinition(name = "java:app/mailroom/acme", virtual = true)
public class CertificateRenewal {
    private static final Logger LOG = System.getLogger(CertificateRenewal.class.getName());

    @Resource(lookup = "java:app/mailroom/acme")
    private ManagedExecutorService executor;

    @Inject
    private AcmeTable table;

    @Inject
    private Orders orders;

    @Inject
    private AcmeOutcome outcome;

    @Inject
    private CertificateFiles files;

    /** When what this node has taken over was given. */
    private volatile @Nullable Instant taken;

    /** Throws nothing: the container forgets a timer that failed twice. */
    @Schedule(hour = "*", minute = "*", second = "3/20", persistent = false)
    public void look() {
        try {
            show();
            if (!files.chosen() && table.isDue()) {
                begin();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "certificate renewal=postponed", e);
        }
    }

    /** Begins an order; false where a node is at one already. */
    public boolean begin() {
        boolean mine = table.lease(Orders.LONGEST);
        if (mine) {
            executor.execute(this::order);
        }
        return mine;
    }

    private void order() {
        try {
            var given = orders.order();
            var pair = PemPair.parse(given.chain(), given.key(), Instant.now());
            outcome.issued(
                    new Given(pair.chainPem(), pair.keyPem()),
                    OfferedCertificate.of(pair, files.hostname()),
                    pair.chain().getFirst().getNotBefore().toInstant());
            show();
        } catch (AcmeFailure e) {
            failed(e);
        } catch (AdminException e) {
            failed(new AcmeFailure("certificate", e.text()));
        } catch (InterruptedException e) {
            failed(new AcmeFailure("fault", "The server was stopped"));
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.log(Level.ERROR, "certificate order=fault", e);
            failed(new AcmeFailure("fault", "A fault of this server, of which its log tells more"));
        }
    }

    private void failed(AcmeFailure failure) {
        LOG.log(Level.WARNING, "certificate order=failed step=" + failure.step() + " cause=" + failure.text());
        try {
            outcome.failed(failure);
        } catch (RuntimeException e) {
            // Its lease runs out.
            LOG.log(Level.ERROR, "certificate order=fault", e);
        }
    }

    /** Also what another node ordered. */
    private synchronized void show() {
        var given = table.given();
        if (given.isEmpty() || given.get().equals(taken) || files.chosen()) {
            return;
        }
        var certificate = table.certificate();
        if (certificate.isPresent() && !files.hold(certificate.get().chain())) {
            try {
                files.replace(certificate.get().chain(), certificate.get().key());
                LOG.log(Level.INFO, "certificate given=" + given.get() + " status=shown");
            } catch (IOException e) {
                throw new UncheckedIOException("the certificate cannot be written", e);
            }
        }
        taken = given.get();
    }
}
