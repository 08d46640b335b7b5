package org.mailroom.contract.store;

import java.util.List;
import java.util.Optional;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/**
 * A set of rights (RFC 4314 §2.1).
 *
 * @param bits one for each {@link Right}
 */
public record Rights(int bits) {
    public static final Rights NONE = new Rights(0);

    /** What the owner of a mailbox has. */
    public static final Rights ALL = new Rights((1 << Right.values().length) - 1);

    /** RFC 4314 §2.1.1: what "c" and "d" of RFC 2086 stand for. */
    private static final Rights OLD_CREATE = of(Right.CREATE, Right.DELETE);

    private static final Rights OLD_DELETE = of(Right.DELETE_MESSAGES, Right.EXPUNGE);

    /** RFC 4314 §4: one of these, and the mailbox is no secret. */
    private static final Rights KNOWN =
            of(Right.LOOKUP, Right.READ, Right.INSERT, Right.CREATE, Right.DELETE, Right.ADMINISTER);

    public static Rights of(Right... rights) {
        int bits = 0;
        for (var right : rights) {
            bits |= right.bit();
        }
        return new Rights(bits);
    }

    /** Letters, "c" and "d" among them; empty where one is no right. */
    public static Optional<Rights> parse(String letters) {
        var rights = NONE;
        for (char letter : letters.toCharArray()) {
            var named = named(letter);
            if (named.equals(NONE)) {
                return Optional.empty();
            }
            rights = rights.and(named);
        }
        return Optional.of(rights);
    }

    private static Rights named(char letter) {
        if (letter == 'c' || letter == 'd') {
            return letter == 'c' ? OLD_CREATE : OLD_DELETE;
        }
        for (var right : Right.values()) {
            if (right.letter() == letter) {
                return of(right);
            }
        }
        return NONE;
    }

    public boolean has(Right right) {
        return (bits & right.bit()) != 0;
    }

    public boolean hasAny(Right... wanted) {
        return (bits & of(wanted).bits) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    /** These and others. */
    public Rights and(Rights others) {
        return new Rights(bits | others.bits);
    }

    /** These without others. */
    public Rights without(Rights others) {
        return new Rights(bits & ~others.bits);
    }

    /** Whether who has these may know that the mailbox is there (RFC 4314 §4, MYRIGHTS; §6). */
    public boolean tellItExists() {
        return (bits & KNOWN.bits) != 0;
    }

    /** Refuses who has not this right; for whom the mailbox is a secret, there is none (RFC 4314 §6). */
    public void require(Right right) throws MailException {
        if (has(right)) {
            return;
        }
        throw tellItExists()
                ? new MailException(
                        Reason.NOT_PERMITTED, "The mailbox is another's; right " + right.letter() + " is needed")
                : new MailException(Reason.NO_SUCH_MAILBOX, "No such mailbox");
    }

    /** Bits of {@link Flags} that may be changed (RFC 4314 §4). */
    public long flags() {
        long others = has(Right.WRITE) ? ~(Flags.SEEN | Flags.DELETED) : 0;
        return others | (has(Right.SEEN) ? Flags.SEEN : 0) | (has(Right.DELETE_MESSAGES) ? Flags.DELETED : 0);
    }

    /** A new message's flags, less what must not be set (RFC 4314 §4, APPEND). */
    public FlagChange allowed(FlagChange flags) {
        var keywords = has(Right.WRITE) ? flags.keywords() : List.<String>of();
        return new FlagChange(flags.mode(), flags.system() & flags(), keywords);
    }

    /** As they are kept: without "c" and "d". */
    public String letters() {
        var letters = new StringBuilder();
        for (var right : Right.values()) {
            letters.append(has(right) ? String.valueOf(right.letter()) : "");
        }
        return letters.toString();
    }

    /** As they are told: with "c" and "d" where a part of what they stand for is there (RFC 4314 §2.1.1). */
    @Override
    public String toString() {
        var old = ((bits & OLD_CREATE.bits) != 0 ? "c" : "") + ((bits & OLD_DELETE.bits) != 0 ? "d" : "");
        return without(of(Right.ADMINISTER)).letters() + old + (has(Right.ADMINISTER) ? "a" : "");
    }
}
