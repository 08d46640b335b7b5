package org.mailroom.maildrop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How POP3 treats an INBOX.
 *
 * @param markSeen whether what was fetched counts as read for IMAP too
 */
public record PopPolicy(Expire expire, Show show, boolean markSeen) {
    /** Which messages POP3 is shown. */
    public enum Show {
        ALL,
        /** Only what nobody has read yet. */
        UNSEEN
    }

    /** What a domain or an account has of its own; null where it goes by the next wider one. */
    public record Wish(
            @Nullable Expire expire,
            @Nullable Show show,
            @Nullable Boolean markSeen) {
        public boolean isEmpty() {
            return expire == null && show == null && markSeen == null;
        }
    }

    /** This policy, but for what the wish says. */
    PopPolicy with(Wish wish) {
        return new PopPolicy(
                Objects.requireNonNullElse(wish.expire, expire),
                Objects.requireNonNullElse(wish.show, show),
                Objects.requireNonNullElse(wish.markSeen, markSeen));
    }
}
