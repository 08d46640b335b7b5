package org.mailroom.policy;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;

/** How much mail one client, one user and one domain may send in a while; counted on each node for itself. */
@ApplicationScoped
public class Rates implements Policy {
    private @Nullable Rate address;
    private @Nullable Rate user;
    private @Nullable Rate domain;
    private List<Network> exempt = List.of();

    public Rates() {}

    Rates(RateSettings settings, InstantSource clock) {
        use(settings, clock);
    }

    @PostConstruct
    void configure() {
        use(RateSettings.of(Settings.current()), InstantSource.system());
    }

    private void use(RateSettings settings, InstantSource clock) {
        address = rate(settings.address(), settings.period(), clock);
        user = rate(settings.user(), settings.period(), clock);
        domain = rate(settings.domain(), settings.period(), clock);
        exempt = settings.exempt();
    }

    private static @Nullable Rate rate(int most, Duration period, InstantSource clock) {
        return most == 0 ? null : new Rate(most, period, clock);
    }

    /** Behind all who may refuse: only what would be taken counts. */
    @Override
    public int order() {
        return 900;
    }

    @Override
    public Decision sender(Question.Sender question) {
        return question.isSubmission() ? Decision.NONE : take(address, "rate of address", question, client(question));
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        var login = question.client().loginName();
        var decision =
                login == null ? Decision.NONE : take(user, "rate of user", question, login.toLowerCase(Locale.ROOT));
        var from = question.envelope().reversePath().toLowerCase(Locale.ROOT);
        return decision == Decision.NONE && !from.isEmpty()
                ? take(domain, "rate of domain", question, from.substring(from.lastIndexOf('@') + 1))
                : decision;
    }

    /** Whoever has many addresses counts once. */
    private static String client(Question question) {
        var from = question.client().address().getAddress();
        return from.getAddress().length == 4
                ? from.getHostAddress()
                : Network.around(from).toString();
    }

    private Decision take(@Nullable Rate rate, String rule, Question question, String name) {
        if (rate == null
                || question.client().role() == Protocol.LMTP
                || isExempt(question.client().address().getAddress())) {
            return Decision.NONE;
        }
        long seconds = rate.take(name);
        return seconds == 0
                ? Decision.NONE
                : Decision.defer(
                                Reason.NOT_YET,
                                rule,
                                "Too much mail in a short time (" + rule + "); try again in " + seconds + " seconds")
                        .detail("for " + name);
    }

    private boolean isExempt(InetAddress client) {
        return exempt.stream().anyMatch(network -> network.contains(client));
    }
}
