package org.mailroom.content;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/**
 * Asks rspamd, if the operator has one. It may be slow, hang or be gone: an answer is waited for as long as set, by as many
 * messages at a time as set, and after some failures by none for a while. Whoever gets no answer goes on without.
 */
@ApplicationScoped
public class RspamdCheck implements Policy {
    private static final System.Logger LOG = System.getLogger(RspamdCheck.class.getName());
    private static final String RULE = "rspamd";

    private @Nullable RspamdCall call;
    private RspamdSettings.WhenDown whenDown = RspamdSettings.WhenDown.ACCEPT;
    private Semaphore places = new Semaphore(0);
    private Breaker breaker = new Breaker(1, Duration.ZERO, InstantSource.system());

    public RspamdCheck() {}

    RspamdCheck(RspamdSettings settings, InstantSource clock) {
        use(settings, clock);
    }

    @PostConstruct
    void configure() {
        use(RspamdSettings.of(Settings.current()), InstantSource.system());
    }

    private void use(RspamdSettings settings, InstantSource clock) {
        call = settings.address() == null ? null : new RspamdCall(settings.address(), settings.timeout());
        whenDown = settings.whenDown();
        places = new Semaphore(settings.concurrency());
        breaker = new Breaker(settings.failures(), settings.pause(), clock);
    }

    @PreDestroy
    void close() {
        if (call != null) {
            call.close();
        }
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public Decision content(Question.Content question) {
        // Our own users are not judged.
        return call == null || question.isSubmission() ? Decision.NONE : judge(question, call);
    }

    private Decision judge(Question.Content question, RspamdCall rspamd) {
        // Not a moment is waited for a place: while one is missing, the wire's calls are already spent on waiting.
        if (!places.tryAcquire()) {
            return unchecked("too many wait for it");
        }
        try {
            return breaker.allows() ? answer(question, rspamd) : unchecked("it failed lately");
        } finally {
            places.release();
        }
    }

    private Decision answer(Question.Content question, RspamdCall rspamd) {
        try {
            var response = rspamd.ask(question);
            int status = response.statusCode();
            var decision = switch (status) {
                case 200 -> RspamdAnswer.read(response.body()).decision();
                // About this message; it says nothing of the next.
                case 400, 413 -> unchecked("HTTP " + status);
                default -> throw new IOException("HTTP " + status);
            };
            if (breaker.succeeded()) {
                LOG.log(System.Logger.Level.INFO, "content checker=rspamd status=up");
            }
            return decision;
        } catch (IOException | JsonException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private Decision failed(String cause) {
        if (breaker.failed()) {
            LOG.log(System.Logger.Level.WARNING, "content checker=rspamd status=down cause=" + plain(cause));
        }
        return unchecked(cause);
    }

    private Decision unchecked(String cause) {
        var detail = "not checked: " + plain(cause);
        return switch (whenDown) {
            case ACCEPT -> Decision.pass(RULE, detail);
            case DEFER ->
                Decision.defer(Reason.NOT_YET, RULE, "The message cannot be checked now; try again later")
                        .detail(detail);
        };
    }

    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), 200)).replaceAll("[^ -~]", "?");
    }
}
