package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.DomainPattern;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.RouteTls;
import org.mailroom.queue.DeliveryRules;
import org.mailroom.queue.Destinations;
import org.mailroom.queue.Flush;

/** The domains to which we send: how it stands with each, and how mail for it is sent. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class DestinationAdmin {
    private static final Duration LONGEST = Duration.ofDays(60);
    private static final int MOST_CONNECTIONS = 400;
    private static final int MOST_A_MINUTE = 1_000_000;

    @Inject
    private Destinations destinations;

    @Inject
    private DeliveryRules rules;

    @Inject
    private Flush flush;

    @Inject
    private Audit audit;

    @Resource
    private SessionContext session;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DestinationInfo> destinations() {
        return destinations.list().stream().map(DestinationAdmin::info).toList();
    }

    private static DestinationInfo info(Destinations.Listed known) {
        return new DestinationInfo(
                known.domain(),
                known.waiting(),
                known.sending(),
                known.held(),
                known.poison(),
                known.oldest(),
                known.nextAttempt(),
                known.lastReply(),
                known.pausedBy(),
                known.pausedAt());
    }

    /** Nothing leaves for the domain until it is resumed; senders are told of delays and of the end as ever. */
    public void pause(String domain) throws AdminException {
        var name = name(domain);
        if (destinations.pause(name, session.getCallerPrincipal().getName())) {
            audit.write("destination.pause", name, "");
        }
    }

    public void resume(String domain) throws AdminException {
        var name = name(domain);
        if (!destinations.resume(name)) {
            throw new AdminException(Kind.NOT_FOUND, name + " is not paused");
        }
        audit.write("destination.resume", name, "");
        flush.wake(name);
    }

    /**
     * Tries at once what waits for a domain, for those below one or for all, also what its route holds.
     *
     * @return how many messages
     */
    public int flush(String domain) throws AdminException {
        try {
            var pattern = DomainPattern.parse(domain).text();
            int messages = flush.domain(pattern);
            audit.write("destination.flush", pattern, "messages=" + messages);
            return messages;
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    private static String name(String typed) throws AdminException {
        try {
            return MailDomain.parse(typed.strip()).name();
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DeliveryRuleInfo> rules() {
        return rules.list().stream().map(DestinationAdmin::info).toList();
    }

    private static DeliveryRuleInfo info(DeliveryRules.Rule rule) {
        var tls = rule.tls();
        return new DeliveryRuleInfo(
                rule.domain(),
                Objects.toString(rule.firstRetry(), ""),
                Objects.toString(rule.longestRetry(), ""),
                Objects.toString(rule.expire(), ""),
                Objects.toString(rule.notice(), ""),
                Objects.toString(rule.concurrency(), ""),
                Objects.toString(rule.perMinute(), ""),
                tls == null ? "" : tls.text());
    }

    /** False where the domain had a rule, which is now as wished. */
    public boolean put(DeliveryRuleInfo wish) throws AdminException {
        try {
            var rule = new DeliveryRules.Rule(
                    DomainPattern.parse(wish.domain()).text(),
                    time(wish.firstRetry(), Duration.ofSeconds(1)),
                    time(wish.longestRetry(), Duration.ofSeconds(1)),
                    time(wish.expire(), Duration.ofSeconds(1)),
                    time(wish.notice(), Duration.ZERO),
                    number(wish.concurrency(), 1, MOST_CONNECTIONS),
                    number(wish.perMinute(), 0, MOST_A_MINUTE),
                    wish.tls().isBlank() ? null : RouteTls.parse(wish.tls()));
            var before = rules.put(rule);
            audit.write(
                    "rule.put",
                    rule.domain(),
                    before.map(known -> "before=" + info(known) + " ").orElse("") + "after=" + info(rule));
            return before.isEmpty();
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    public void removeRule(String domain) throws AdminException {
        var before = rules.remove(domain.strip())
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no rule for " + domain.strip()));
        audit.write("rule.remove", domain.strip(), "before=" + info(before));
    }

    private static @Nullable Duration time(String typed, Duration least) throws AdminException {
        if (typed.isBlank()) {
            return null;
        }
        try {
            var time = Duration.parse(typed.strip());
            if (time.compareTo(least) >= 0 && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new AdminException(Kind.INVALID, "A time is such as PT5M, PT4H or P5D, and at most 60 days");
    }

    private static @Nullable Integer number(String typed, int least, int most) throws AdminException {
        if (typed.isBlank()) {
            return null;
        }
        var text = typed.strip();
        int number = text.matches("\\d{1,7}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new AdminException(Kind.INVALID, "This is a number from " + least + " to " + most);
        }
        return number;
    }
}
