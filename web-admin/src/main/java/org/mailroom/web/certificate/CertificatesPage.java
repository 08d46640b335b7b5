package org.mailroom.web.certificate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.CertificateAdmin;
import org.mailroom.admin.CertificateInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Show;
import org.mailroom.web.site.Texts;

/** What clients are shown by TLS, how long it holds, and what they shall be shown instead. */
@Named
@RequestScoped
public class CertificatesPage {
    private static final Duration SOON = Duration.ofDays(21);

    @Inject
    private CertificateAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Show show;

    @Inject
    private Here here;

    private @Nullable List<CertificateInfo> certificates;
    private String chain = "";
    private String key = "";

    /** Answers on a page that is fetched anew: the key must not come back to the browser. */
    public void install() {
        try {
            var shown = admin.install(chain, key);
            notices.done(
                    texts.of("certificates.installed", String.join(", ", shown.names()), show.time(shown.until())));
            if (!shown.covers()) {
                notices.problem(texts.of("certificates.otherName", shown.hostname()));
            }
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public boolean isReplaceable() {
        return admin.replaceable();
    }

    public List<CertificateInfo> getCertificates() {
        var known = certificates;
        if (known == null) {
            known = admin.certificates();
            certificates = known;
        }
        return known;
    }

    /** That of the first port that has one; all show the same. */
    public List<CertificateInfo> getFirst() {
        return getCertificates().stream()
                .filter(shown -> shown.trouble().isEmpty())
                .limit(1)
                .toList();
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

    public String getChain() {
        return chain;
    }

    public void setChain(String chain) {
        this.chain = chain;
    }

    /** What is written into the page, which is never what was typed. */
    public String getKey() {
        return "";
    }

    public void setKey(String key) {
        this.key = key;
    }

    public String tone(CertificateInfo certificate) {
        return switch (state(certificate)) {
            case "good" -> "good";
            case "soon", "self" -> "slow";
            default -> "bad";
        };
    }
}
