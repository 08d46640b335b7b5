package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.rules.BadRule;
import org.mailroom.rules.Match;
import org.mailroom.rules.PastMail;
import org.mailroom.rules.Rule;
import org.mailroom.rules.Rules;
import org.mailroom.rules.Seen;

/** Rules on mail: what they are, and what they would do. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class RuleAdmin {
    private static final int MOST_CAUGHT = 100;

    @Inject
    private Rules rules;

    @Inject
    private PastMail pastMail;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<RuleInfo> rules() {
        return rules.list().stream().map(RuleAdmin::info).toList();
    }

    private static RuleInfo info(Rule.Written rule) {
        return new RuleInfo(
                rule.name(),
                rule.position(),
                rule.enabled(),
                rule.action().name().toLowerCase(Locale.ROOT),
                rule.conditions(),
                rule.reason());
    }

    private static Rule rule(RuleInfo info) throws AdminException {
        try {
            return Rule.of(new Rule.Written(
                    info.name(),
                    info.position(),
                    info.enabled(),
                    Rule.action(info.action()),
                    info.conditions(),
                    info.reason()));
        } catch (BadRule e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /** False where there was a rule of this name, which is now as given. */
    public boolean put(RuleInfo wanted) throws AdminException {
        var rule = rule(wanted);
        var before = named(wanted.name());
        rules.put(rule);
        audit.write(
                "rule.put",
                wanted.name(),
                before.map(old -> "before=" + old + " ").orElse("") + "after=" + wanted);
        return before.isEmpty();
    }

    public void remove(String name) throws AdminException {
        var before = existing(name);
        rules.remove(name);
        audit.write("rule.remove", name, "before=" + before);
    }

    private Optional<RuleInfo> named(String name) {
        return rules().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private RuleInfo existing(String name) throws AdminException {
        return named(name).orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no rule " + name));
    }

    /** Of each rule, in order, whether it matches; the first that is enabled and matches decides. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<RuleMatch> test(DescribedMail mail) throws AdminException {
        var seen = seen(mail);
        var matches = new ArrayList<RuleMatch>();
        for (var info : rules()) {
            var rule = rule(info);
            var match = rule.match(seen);
            matches.add(new RuleMatch(
                    info.name(),
                    info.action(),
                    info.enabled(),
                    match.name().toLowerCase(Locale.ROOT),
                    match == Match.UNKNOWN ? rule.unanswered(seen) : List.of()));
        }
        return matches;
    }

    /** What a rule would have done to the mail of the last days, as far as the trace knows. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public DryRun dryRun(String name, int days) throws AdminException {
        var rule = rule(existing(name));
        long messages = 0;
        long matched = 0;
        long undecided = 0;
        var unanswered = new TreeSet<String>();
        var caught = new ArrayList<DryRun.Caught>();
        for (var past : pastMail.of(Math.clamp(days, 1, 3650))) {
            messages++;
            switch (rule.match(past.seen())) {
                case NO -> {}
                case UNKNOWN -> {
                    undecided++;
                    unanswered.addAll(rule.unanswered(past.seen()));
                }
                case YES -> {
                    matched++;
                    if (caught.size() < MOST_CAUGHT) {
                        caught.add(new DryRun.Caught(past.at(), past.queueId(), past.sender(), past.recipients()));
                    }
                }
            }
        }
        return new DryRun(messages, matched, undecided, List.copyOf(unanswered), caught);
    }

    private static Seen seen(DescribedMail mail) throws AdminException {
        var header = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        header.putAll(mail.header());
        return new Seen(
                address(mail.address()),
                mail.helo(),
                mail.tls(),
                mail.role(),
                mail.login(),
                mail.sender(),
                mail.recipients(),
                mail.size(),
                name -> header.isEmpty() ? null : values(header, name),
                mail::attachments,
                () -> null,
                name -> Optional.ofNullable(mail.facts().get(name)));
    }

    private static List<String> values(Map<String, String> header, String name) {
        var value = header.get(name);
        return value == null ? List.of() : List.of(value);
    }

    private static @Nullable InetAddress address(@Nullable String text) throws AdminException {
        try {
            return text == null ? null : InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new AdminException(Kind.INVALID, "\"" + text + "\" is no address such as 192.0.2.1");
        }
    }
}
