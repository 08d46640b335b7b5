package org.mailroom.content;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/** Asks rspamd about mail from outside, if the operator has one. */
@ApplicationScoped
public class RspamdCheck implements Policy {
    static final String RULE = "rspamd";

    private @Nullable Asked asked;

    /** Who is asked, and what his answers mean. */
    private record Asked(RspamdCall call, Checker checker, SpamLimits limits) {}

    public RspamdCheck() {}

    RspamdCheck(RspamdSettings settings, InstantSource clock) {
        use(settings, clock);
    }

    @PostConstruct
    void configure() {
        use(RspamdSettings.of(Settings.current()), InstantSource.system());
    }

    private void use(RspamdSettings settings, InstantSource clock) {
        if (settings.address() != null) {
            asked = new Asked(
                    new RspamdCall(settings.address(), settings.timeout()),
                    new Checker(RULE, settings.availability(), clock),
                    settings.limits());
        }
    }

    @PreDestroy
    void close() {
        if (asked != null) {
            asked.call().close();
        }
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public Decision content(Question.Content question) {
        var rspamd = asked;
        // Our own users are not judged, nor those whom somebody here trusts.
        return rspamd == null || question.isSubmission() || question.facts().isAllowed()
                ? Decision.NONE
                : rspamd.checker().ask(() -> judge(question, rspamd));
    }

    private static Decision judge(Question.Content question, Asked asked) throws IOException {
        var response = asked.call().ask(question);
        int status = response.statusCode();
        return switch (status) {
            case 200 -> {
                var answer = RspamdAnswer.read(response.body());
                question.facts().put("spam", answer.action());
                question.facts().put("spam-score", answer.scoreText());
                yield asked.limits().decision(answer);
            }
            // About this message; it says nothing of the next.
            case 400, 413 -> asked.checker().unchecked("HTTP " + status);
            default -> throw new IOException("HTTP " + status);
        };
    }
}
