package org.mailroom.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.TraceSearch.Step;

/**
 * What led to a message or a refusal: connection, TLS, greeting and login. They are written once, in the detail of {@code received},
 * {@code refused} or {@code deferred}, and told as steps of their own only to those who ask.
 */
final class Beginning {
    private static final Pattern DETAIL =
            Pattern.compile("helo=(?<helo>\\S*) with=(?<with>\\S+)(?: tls=(?<tls>\\S+ \\S+))?(?: login=(?<login>.+?))?"
                    + "(?: auth=(?<auth>\\S+))?(?: after=(?<after>\\d{1,9})ms(?: (?<rest>.*))?| (?<size>size=.*))");
    private static final Set<String> TOLD_IN = Set.of("received", "refused", "deferred");

    private Beginning() {}

    /** The steps, and before each those that it tells of and that were not told yet. */
    static List<Step> before(List<Step> steps) {
        var all = new ArrayList<Step>();
        var told = new HashSet<String>();
        for (var step : steps) {
            var known = DETAIL.matcher(step.detail());
            if (TOLD_IN.contains(step.step()) && known.matches()) {
                led(step, known).stream()
                        .filter(one -> told.add(one.step() + " " + one.client() + " " + one.detail()))
                        .forEach(all::add);
                all.add(step.detail(Objects.requireNonNullElse(rest(known), "")));
            } else {
                all.add(step);
            }
        }
        return all;
    }

    private static @Nullable String rest(Matcher known) {
        var size = known.group("size");
        return size == null ? known.group("rest") : size;
    }

    private static List<Step> led(Step step, Matcher known) {
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
        return steps;
    }

    private static @Nullable Instant connected(Step step, @Nullable String after) {
        var at = step.at();
        return at == null || after == null ? null : at.minus(Duration.ofMillis(Long.parseLong(after)));
    }

    private static Step before(Step step, @Nullable Instant at, String kind, String client, String detail) {
        return new Step(step.queueId(), at, kind, "", "", client, "", "", detail, step.session());
    }
}
