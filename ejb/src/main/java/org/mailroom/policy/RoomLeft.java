package org.mailroom.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.Resolution;
import org.mailroom.mailbox.Quotas;

/** A full account defers: its owner can make room, and the sender's host tries again. */
@ApplicationScoped
public class RoomLeft implements Policy {
    /** How long a limit set on another node may go unnoticed; to ask each time would cost every mail two round trips. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private final Cache<AccountId, Boolean> limited =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(AGE).build();

    @Inject
    private Quotas quotas;

    @Override
    public int order() {
        return 300;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (!(question.resolution() instanceof Resolution.Local local)) {
            return Decision.NONE;
        }
        try {
            check(local.account(), announced(question.envelope().parameters()));
            return Decision.NONE;
        } catch (MailException e) {
            return Decision.defer(e.reason(), "quota", e.text());
        }
    }

    /** Throws OVER_QUOTA where a message of this size has no room. */
    public void check(AccountId account, long size) throws MailException {
        var known = limited.getIfPresent(account);
        if (known == null) {
            known = quotas.isLimited(account);
            limited.put(account, known);
        }
        if (known) {
            quotas.check(account, size);
        }
    }

    /** A limit set on this node counts at once. Nothing has to be forgotten by a bean that was never asked. */
    void changed(
            @Observes(during = TransactionPhase.AFTER_SUCCESS, notifyObserver = Reception.IF_EXISTS)
                    DirectoryChanged change) {
        limited.invalidateAll();
    }

    /** RFC 1870 §6: the size that the client promised, if it did. */
    static long announced(Map<String, String> parameters) {
        var size = parameters.getOrDefault("SIZE", "");
        return size.matches("\\d{1,18}") ? Long.parseLong(size) : 0;
    }
}
