package org.mailroom.web.certificate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.CertificateAdmin;
import org.mailroom.admin.CertificateInfo;

/** What clients are shown by TLS, and how long it holds. */
@Named
@RequestScoped
public class CertificatesPage {
    private static final Duration SOON = Duration.ofDays(21);

    @Inject
    private CertificateAdmin admin;

    private @Nullable List<CertificateInfo> certificates;

    public List<CertificateInfo> getCertificates() {
        var known = certificates;
        if (known == null) {
            known = admin.certificates();
            certificates = known;
        }
        return known;
    }

    /** {@code failed}, {@code over}, {@code early}, {@code soon}, {@code self} (signed by itself) or {@code good}. */
    public String state(CertificateInfo certificate) {
        var now = Instant.now();
        var from = certificate.from();
        var until = certificate.until();
        if (from == null || until == null) {
            return "failed";
        }
        return until.isBefore(now)
                ? "over"
                : from.isAfter(now)
                        ? "early"
                        : until.isBefore(now.plus(SOON))
                                ? "soon"
                                : certificate.subject().equals(certificate.issuer()) ? "self" : "good";
    }

    public String tone(CertificateInfo certificate) {
        return switch (state(certificate)) {
            case "good" -> "good";
            case "soon", "self" -> "slow";
            default -> "bad";
        };
    }
}
