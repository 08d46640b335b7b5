package org.mailroom.content;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/** Asks clamd, if the operator has one: about mail from outside and from our own users alike, whoever is trusted. */
@ApplicationScoped
public class ClamavCheck implements Policy {
    private static final String RULE = "clamav";
    private static final String FOUND = " FOUND";
    private static final int LONGEST_NAME = 100;

    private @Nullable Asked asked;

    private record Asked(ClamdCall call, Checker checker, ClamavSettings settings) {}

    public ClamavCheck() {}

    ClamavCheck(ClamavSettings settings, InstantSource clock) {
        use(settings, clock);
    }

    @PostConstruct
    void configure() {
        use(ClamavSettings.of(Settings.current()), InstantSource.system());
    }

    private void use(ClamavSettings settings, InstantSource clock) {
        if (settings.address() != null) {
            asked = new Asked(
                    new ClamdCall(settings.address(), settings.timeout()),
                    new Checker(RULE, settings.availability(), clock),
                    settings);
        }
    }

    @PreDestroy
    void close() {
        if (asked != null) {
            asked.call().close();
        }
    }

    /** Before administrators' rules: what they quarantine is looked at, too. */
    @Override
    public int order() {
        return 380;
    }

    @Override
    public Decision content(Question.Content question) {
        var clamd = asked;
        if (clamd == null) {
            return Decision.NONE;
        }
        long largest = clamd.settings().largest();
        return question.source().size() > largest
                ? clamd.checker().passed("larger than " + largest + " octets")
                : clamd.checker().ask(() -> judge(question, clamd));
    }

    private static Decision judge(Question.Content question, Asked asked) throws IOException {
        var line = asked.call().ask(question.source());
        if (line.endsWith(FOUND)) {
            var virus = virus(line);
            question.facts().put("virus", virus);
            return found(virus, asked.settings().found());
        }
        if (line.endsWith(" OK")) {
            return Decision.pass(RULE, "clean");
        }
        if (line.contains("size limit exceeded")) {
            // It will say so again, however often the message comes.
            return asked.checker().passed("larger than clamd takes (StreamMaxLength)");
        }
        throw new IOException(line.isEmpty() ? "no answer" : line);
    }

    /** Of {@code stream: Win.Test.EICAR_HDB-1 FOUND}. */
    private static String virus(String line) {
        return Checker.plain(line.substring(line.indexOf(": ") + 2, line.length() - FOUND.length()), LONGEST_NAME);
    }

    private static Decision found(String virus, ClamavSettings.Found found) {
        return switch (found) {
            case REFUSE ->
                Decision.refuse(Reason.POLICY, RULE, "The message contains a virus: " + virus)
                        .detail(virus);
            case QUARANTINE -> Decision.quarantine(RULE, virus);
        };
    }
}
