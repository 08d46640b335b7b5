package org.mailroom.content;

import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;

/**
 * From where on a message is spam, and what becomes of it. Nothing is thrown away in silence: rspamd's "discard" and
 * "quarantine" become junk.
 *
 * @param junk the score from which it lies in Junk; null: as rspamd advises
 * @param refuse the score from which it is surely spam; null: as rspamd advises
 * @param sure what becomes of what is surely spam
 */
record SpamLimits(@Nullable Double junk, @Nullable Double refuse, Sure sure) {
    /** What becomes of what is surely spam. */
    enum Sure {
        REFUSE,
        QUARANTINE,
        JUNK
    }

    static final SpamLimits AS_ADVISED = new SpamLimits(null, null, Sure.REFUSE);

    Decision decision(RspamdAnswer answer) {
        if (refuse == null ? answer.action().equals("reject") : answer.score() >= refuse) {
            return sure(answer);
        }
        // "greylist" alone is a score and no demand to wait: rspamd's greylisting asks for that by "soft reject".
        if (answer.action().equals("soft reject")) {
            return Decision.defer(Reason.NOT_YET, RspamdCheck.RULE, answer.said("Not now; try again later"))
                    .detail(answer.detail());
        }
        return (junk == null ? isJunk(answer.action()) : answer.score() >= junk)
                ? Decision.junk(RspamdCheck.RULE, answer.detail())
                : Decision.pass(RspamdCheck.RULE, answer.detail());
    }

    private Decision sure(RspamdAnswer answer) {
        return switch (sure) {
            case REFUSE ->
                Decision.refuse(Reason.POLICY, RspamdCheck.RULE, answer.said("This message looks like spam"))
                        .detail(answer.detail());
            case QUARANTINE -> Decision.quarantine(RspamdCheck.RULE, answer.detail());
            case JUNK -> Decision.junk(RspamdCheck.RULE, answer.detail());
        };
    }

    private static boolean isJunk(String action) {
        return switch (action) {
            // A reject that our own limit does not share.
            case "reject", "add header", "rewrite subject", "quarantine", "discard" -> true;
            default -> false;
        };
    }
}
