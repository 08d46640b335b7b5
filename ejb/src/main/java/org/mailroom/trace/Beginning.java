package org.mailroom.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.TraceSearch.Step;

/**
 * What led to a message: connection, TLS, greeting and login. They are written once, in the detail of {@code received}, and told as
 * steps of their own only to those who ask.
 */
final class Beginning {
    private static final Pattern DETAIL =
            Pattern.compile("helo=(?<helo>\\S*) with=(?<with>\\S+)(?: tls=(?<tls>\\S+ \\S+))?(?: login=(?<login>.+?))?"
                    + "(?: auth=(?<auth>\\S+))?(?: after=(?<after>\\d{1,9})ms)? (?<rest>size=.*)");

    private Beginning() {}

    /** The step, and before it those that it tells of. */
    static List<Step> of(Step step) {
        var known = DETAIL.matcher(step.detail());
        return step.step().equals("received") && known.matches() ? steps(step, known) : List.of(step);
    }

    private static List<Step> steps(Step step, Matcher known) {
        var steps = new ArrayList<Step>();
        steps.add(before(step, connected(step, known.group("after")), "connected", step.client(), ""));
        var tls = known.group("tls");
        if (tls != null) {
            steps.add(before(step, null, "encrypted", "", tls));
        }
        if (!known.group("helo").isEmpty()) {
            steps.add(before(step, null, "greeted", "", known.group("helo") + " (" + known.group("with") + ")"));
        }
        var login = known.group("login");
        if (login != null) {
            var how = known.group("auth");
            steps.add(before(step, null, "logged-in", "", how == null ? login : login + " (" + how + ")"));
        }
        steps.add(new Step(
                step.at(),
                step.step(),
                step.sender(),
                step.recipient(),
                step.client(),
                step.rule(),
                step.reply(),
                known.group("rest"),
                step.session()));
        return steps;
    }

    private static @Nullable Instant connected(Step step, @Nullable String after) {
        var at = step.at();
        return at == null || after == null ? null : at.minus(Duration.ofMillis(Long.parseLong(after)));
    }

    private static Step before(Step step, @Nullable Instant at, String kind, String client, String detail) {
        return new Step(at, kind, "", "", client, "", "", detail, step.session());
    }
}
