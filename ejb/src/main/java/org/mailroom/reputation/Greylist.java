package org.mailroom.reputation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailroom.config.Settings;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Network;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/**
 * Asks a stranger to come again (RFC 6647): a mail server does, much that sends spam does not. Known by the network that he comes
 * from, his reverse path and the recipient; a network of which some came again is known as a whole.
 */
@ApplicationScoped
public class Greylist implements Policy {
    private static final String RULE = "greylist";

    /** For so long the database is not asked about one who passed. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    @Inject
    private GreylistTable table;

    /** Of one network in an hour; what else is new waits without being noted, so that nobody fills the table. */
    private int most = 1000;

    private ReputationSettings.Greylisting settings = ReputationSettings.NONE.greylisting();

    private final Cache<String, Boolean> passed = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private final Cache<String, AtomicInteger> noted = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    @PostConstruct
    void configure() {
        use(ReputationSettings.of(Settings.current()));
    }

    void use(ReputationSettings given) {
        use(given, most);
    }

    void use(ReputationSettings given, int mostNew) {
        most = mostNew;
        settings = given.greylisting();
    }

    /** The last of those who may refuse, so that only who would be let in is told to come again. */
    @Override
    public int order() {
        return 440;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (!settings.on() || !Strangers.include(question)) {
            return Decision.NONE;
        }
        var network = Network.around(question.client().address().getAddress()).toString();
        var triplet = String.join(
                "\n",
                network,
                question.envelope().reversePath().toLowerCase(Locale.ROOT),
                question.recipient().address().toLowerCase(Locale.ROOT));
        return passed.getIfPresent(network) != null || passed.getIfPresent(triplet) != null
                ? Decision.NONE
                : judge(network, triplet);
    }

    private Decision judge(String network, String triplet) {
        if (table.passed(network) >= settings.known()) {
            passed.put(network, true);
            return Decision.NONE;
        }
        var fresh = noted.get(network, any -> new AtomicInteger());
        var visit = fresh.get() < most
                ? table.visit(triplet, settings.delay())
                : table.visitAgain(triplet, settings.delay());
        if (visit.isNew()) {
            fresh.incrementAndGet();
        }
        if (visit.passed() == 0) {
            return later(network, visit.seconds());
        }
        if (visit.passed() == 1) {
            table.count(network);
        }
        passed.put(triplet, true);
        return visit.passed() == 1 ? Decision.pass(RULE, "came again") : Decision.NONE;
    }

    private static Decision later(String network, long seconds) {
        return Decision.defer(
                        Reason.NOT_YET,
                        RULE,
                        "Greylisted: a first time here; try again in " + Math.max(1, seconds) + " seconds")
                .detail("for " + network);
    }
}
