package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Resolution;
import org.mailroom.dns.NameService;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/**
 * Judges mail from outside by where it comes from: SPF at the first recipient of ours, the rest when the message is there. Puts
 * one Authentication-Results on top, and leaves facts for rules: {@code spf}, {@code dkim}, {@code dmarc}, {@code dmarc.wish},
 * {@code arc}. Where all is off it costs nothing.
 */
@ApplicationScoped
public class SenderAuthenticity implements Policy {
    @Inject
    private NameService names;

    @Inject
    private DomainHandling domains;

    @Inject
    private DmarcCounts counts;

    private AuthenticitySettings settings = AuthenticitySettings.NONE;
    private Semaphore places = new Semaphore(0);
    private @Nullable Verification verification;

    public SenderAuthenticity() {}

    SenderAuthenticity(
            AuthenticitySettings settings, Verification verification, DomainHandling domains, DmarcCounts counts) {
        this.domains = domains;
        this.counts = counts;
        use(settings, verification);
    }

    @PostConstruct
    void configure() {
        var current = AuthenticitySettings.of(Settings.current());
        use(current, new Verification(names.dns(), current.hostname(), current.timeout()));
    }

    private void use(AuthenticitySettings current, Verification checks) {
        settings = current;
        verification = checks;
        places = new Semaphore(current.concurrency());
    }

    @Override
    public int order() {
        return 250;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        var checks = verification;
        boolean theirs = question.resolution() instanceof Resolution.NotOurs
                || question.resolution() instanceof Resolution.Unknown;
        if (checks == null || theirs || isOfNoConcern(question)) {
            return Decision.NONE;
        }
        var handling = handling(question.recipient().address(), true);
        if (handling == Handling.OFF) {
            return Decision.NONE;
        }
        var spf = spf(checks, question.facts(), question, question.envelope());
        return spf == null || handling != Handling.REFUSE ? Decision.NONE : refusal(spf);
    }

    private static Decision refusal(SpfResult spf) {
        var who = plain(spf.domain());
        return switch (spf.result()) {
            case FAIL ->
                Decision.refuse(Reason.SPF_FAILED, "spf", "SPF: your host may not send for " + who)
                        .detail(plain(spf.why()));
            case TEMPERROR ->
                Decision.defer(Reason.SPF_FAILED, "spf", "SPF: DNS gives no answer for " + who)
                        .detail(plain(spf.why()));
            default -> Decision.NONE;
        };
    }

    /** Our own people, programs on this machine, and those whom the operator trusts. */
    private static boolean isOfNoConcern(Question question) {
        return question.isSubmission()
                || question.client().role() != Protocol.SMTP
                || question.facts().isAllowed();
    }

    /** Asked once a message; null where too many are asking. */
    private @Nullable SpfResult spf(Verification checks, Facts facts, Question question, Envelope envelope) {
        var known = facts.get("spf");
        if (known.isPresent()) {
            return new SpfResult(
                    Result.valueOf(known.get().toUpperCase(Locale.ROOT)),
                    facts.get("spf.domain").orElse(""),
                    envelope.isBounce(),
                    facts.get("spf.why").orElse(""));
        }
        // Not a moment is waited for a place: while one is missing, the wire's calls are already spent on waiting.
        if (!places.tryAcquire()) {
            return null;
        }
        try {
            var client = question.client();
            var result = checks.spf(client.address().getAddress(), client.helo(), envelope.reversePath());
            facts.put("spf", result.result().word());
            facts.put("spf.domain", result.domain());
            facts.put("spf.why", result.why());
            return result;
        } finally {
            places.release();
        }
    }

    @Override
    public Decision content(Question.Content question) {
        var checks = verification;
        if (checks == null || isOfNoConcern(question)) {
            return Decision.NONE;
        }
        var spfHandling = mildest(question.envelope(), true);
        var dmarcHandling = mildest(question.envelope(), false);
        if (spfHandling == Handling.OFF && dmarcHandling == Handling.OFF) {
            return Decision.NONE;
        }
        var spf = spf(checks, question.facts(), question, question.envelope());
        if (spf == null || !places.tryAcquire()) {
            return Decision.pass("authenticity", "not checked: too many wait for DNS");
        }
        try {
            var findings = checks.all(question.source(), spf);
            return judged(question, findings, spfHandling, dmarcHandling);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
    }

    private Decision judged(Question.Content question, Findings findings, Handling onSpf, Handling onDmarc) {
        tell(question.facts(), findings);
        boolean vouched = isVouchedFor(findings.arc());
        var decision = decision(findings, onSpf, vouched ? Handling.REPORT : onDmarc);
        counts.count(
                question.client().address().getAddress(),
                findings,
                disposition(decision, findings.dmarc()),
                override(decision, findings.dmarc(), vouched));
        return decision.isNo() ? decision : decision.add(findings.field(settings.hostname()));
    }

    /** In the words of reports (RFC 9990 §3.1.1.10). */
    private static String disposition(Decision decision, DmarcResult dmarc) {
        if (dmarc.result() == Result.PASS) {
            return "pass";
        }
        return switch (decision.rule().equals("dmarc") ? decision.action() : Decision.Action.NONE) {
            case REFUSE -> "reject";
            case JUNK -> "quarantine";
            case NONE, PASS, ACCEPT, DEFER, QUARANTINE, DISCARD, BOUNCE -> "none";
        };
    }

    private static String override(Decision decision, DmarcResult dmarc, boolean vouched) {
        if (dmarc.wish() == DmarcRecord.Wish.NONE) {
            return "";
        }
        var wished = dmarc.wish().word();
        return vouched ? "trusted_forwarder" : disposition(decision, dmarc).equals(wished) ? "" : "local_policy";
    }

    private static void tell(Facts facts, Findings findings) {
        var dkim = findings.dkim();
        facts.put(
                "dkim",
                dkim.stream().anyMatch(DkimResult::passed)
                        ? "pass"
                        : dkim.isEmpty() ? "none" : dkim.getFirst().result().word());
        facts.put("dmarc", findings.dmarc().result().word());
        facts.put("dmarc.wish", findings.dmarc().wish().word());
        facts.put("arc", findings.arc().result().word());
        facts.put("from.domain", findings.dmarc().from());
    }

    private static Decision decision(Findings findings, Handling onSpf, Handling onDmarc) {
        var dmarc = findings.dmarc();
        var line = findings.line();
        var from = plain(dmarc.from());
        if (onDmarc == Handling.REFUSE && dmarc.wish() == DmarcRecord.Wish.REJECT) {
            return Decision.refuse(
                            Reason.DMARC_FAILED,
                            "dmarc",
                            "DMARC: " + from + " wants mail refused that is not proved its own")
                    .detail(line);
        }
        if (onDmarc == Handling.REFUSE && dmarc.result() == Result.TEMPERROR) {
            return Decision.defer(Reason.NOT_YET, "dmarc", "DMARC: DNS gives no answer for " + from)
                    .detail(line);
        }
        if (onDmarc.compareTo(Handling.JUNK) >= 0 && dmarc.wish() != DmarcRecord.Wish.NONE) {
            return Decision.junk("dmarc", line);
        }
        if (onSpf == Handling.JUNK && findings.spf().result() == Result.FAIL && dmarc.result() != Result.PASS) {
            return Decision.junk("spf", line);
        }
        return Decision.pass("authenticity", line);
    }

    /** RFC 8617 §7.2.1: those whom we trust saw it pass, before one of them changed it. */
    private boolean isVouchedFor(ArcResult arc) {
        return arc.result() == Result.PASS
                && !settings.sealers().isEmpty()
                && settings.sealers().containsAll(arc.sealers())
                && ResultsField.result(arc.reported(), "dmarc").equals(Optional.of(Result.PASS));
    }

    /** A message to several domains gets what the mildest of them wishes. */
    private Handling mildest(Envelope envelope, boolean spf) {
        Function<Envelope.Recipient, Handling> each = recipient -> handling(recipient.address(), spf);
        return envelope.recipients().stream()
                .map(each)
                .collect(Collectors.minBy(Handling::compareTo))
                .orElse(Handling.OFF);
    }

    private Handling handling(String address, boolean spf) {
        var general = spf ? settings.spf() : settings.dmarc();
        var wishes = domains.wishes();
        var wish = wishes.isEmpty() ? null : wishes.get(Names.domain(address));
        var own = wish == null ? null : spf ? wish.spf() : wish.dmarc();
        return own == null ? general : own;
    }

    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), 150)).replaceAll("[^ -~]", "?");
    }
}
