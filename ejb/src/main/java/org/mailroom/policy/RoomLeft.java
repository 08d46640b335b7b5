package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.mailroom.contract.MailException;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;
import org.mailroom.mailbox.Quotas;

/** A full account defers: its owner can make room, and the sender's host tries again. */
@ApplicationScoped
public class RoomLeft implements RecipientPolicy {
    @Inject
    private Quotas quotas;

    @Override
    public int order() {
        return 300;
    }

    @Override
    public Optional<Verdict> judge(Question question) {
        if (!(question.resolution() instanceof Resolution.Local local)) {
            return Optional.empty();
        }
        try {
            quotas.check(local.account(), announced(question.envelope().parameters()));
            return Optional.empty();
        } catch (MailException e) {
            return Optional.of(new Verdict.Defer(e.reason(), "quota", e.text()));
        }
    }

    /** RFC 1870 §6: the size that the client promised, if it did. */
    static long announced(Map<String, String> parameters) {
        var size = parameters.getOrDefault("SIZE", "");
        return size.matches("\\d{1,18}") ? Long.parseLong(size) : 0;
    }
}
