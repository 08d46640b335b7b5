package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.SendLimits.HourlyRate;

/**
 * What administrators allow an account, a domain and a tenant: the size of a message, sent or received, and to how many recipients
 * an hour they send. Rates are counted on each node for itself.
 */
@ApplicationScoped
public class UsageLimited implements Policy {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SIZE = "message size";

    @Inject
    private Directory directory;

    private final Map<Integer, Rate> rates = new ConcurrentHashMap<>();
    private InstantSource clock = InstantSource.system();

    public UsageLimited() {}

    UsageLimited(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Behind all who may refuse: only what would be taken counts. */
    @Override
    public int order() {
        return 890;
    }

    @Override
    public Decision sender(Question.Sender question) {
        var login = question.client().login();
        return login == null
                ? Decision.NONE
                : size(login, RoomLeft.announced(question.envelope().parameters()), "You may not send");
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (question.resolution() instanceof Resolution.Local local) {
            var large = size(
                    local.account(),
                    RoomLeft.announced(question.envelope().parameters()),
                    "This recipient takes no messages");
            if (large != Decision.NONE) {
                return large;
            }
        }
        var login = question.client().login();
        return login == null ? Decision.NONE : rate(login);
    }

    /** Now the size is known. One of several recipients does not keep it from the others, who may have it. */
    @Override
    public Decision content(Question.Content question) {
        long octets = question.source().size();
        var login = question.client().login();
        var sent = login == null ? Decision.NONE : size(login, octets, "You may not send");
        var recipients = question.envelope().recipients();
        return sent == Decision.NONE
                        && recipients.size() == 1
                        && directory.resolve(recipients.getFirst().address()) instanceof Resolution.Local local
                ? size(local.account(), octets, "This recipient takes no messages")
                : sent;
    }

    private Decision size(AccountId account, long octets, String what) {
        @Nullable Long most = directory.sendLimits(account).messageOctets();
        return most == null || octets <= most
                ? Decision.NONE
                : Decision.refuse(Reason.TOO_LARGE, SIZE, what + " larger than " + most + " octets");
    }

    private Decision rate(AccountId login) {
        for (var rate : directory.sendLimits(login).rates()) {
            long seconds = take(rate);
            if (seconds > 0) {
                return Decision.defer(
                                Reason.NOT_YET,
                                "sending rate",
                                rate.of() + " may send to " + rate.recipients() + " recipients an hour; try again in "
                                        + seconds + " seconds")
                        .detail("for " + rate.of());
            }
        }
        return Decision.NONE;
    }

    private long take(HourlyRate rate) {
        return rates.computeIfAbsent(rate.recipients(), most -> new Rate(most, HOUR, clock))
                .take(rate.of());
    }
}
