package org.mailroom.content;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.mailroom.contract.Reason;
import org.mailroom.outage.Breaker;
import org.mailroom.policy.Decision;

/**
 * Somebody outside who is asked about messages. He may be slow, hang or be gone: an answer is waited for as long as set, by as
 * many messages at a time as set, and after some failures by none for a while. Whoever gets no answer goes on without, or
 * comes again.
 */
final class Checker {
    private static final System.Logger LOG = System.getLogger(Checker.class.getName());
    private static final int LONGEST_CAUSE = 200;

    private final String name;
    private final WhenDown whenDown;
    private final Semaphore places;
    private final Breaker breaker;

    /** @param name the rule of its decisions */
    Checker(String name, Availability availability, InstantSource clock) {
        this.name = name;
        this.whenDown = availability.whenDown();
        this.places = new Semaphore(availability.concurrency());
        this.breaker = new Breaker(availability.failures(), availability.pause(), clock);
    }

    @FunctionalInterface
    interface Call {
        /** Throws where there was no answer in time, or none that makes sense. */
        Decision decide() throws IOException;
    }

    Decision ask(Call call) {
        // Not a moment is waited for a place: while one is missing, the wire's calls are already spent on waiting.
        if (!places.tryAcquire()) {
            return unchecked("too many wait for it");
        }
        try {
            return breaker.allows() ? answer(call) : unchecked("it failed lately");
        } finally {
            places.release();
        }
    }

    private Decision answer(Call call) {
        try {
            var decision = call.decide();
            if (breaker.succeeded()) {
                LOG.log(System.Logger.Level.INFO, "content checker=" + name + " status=up");
            }
            return decision;
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private Decision failed(String cause) {
        if (breaker.failed()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "content checker=" + name + " status=down cause=" + plain(cause, LONGEST_CAUSE));
        }
        return unchecked(cause);
    }

    Decision unchecked(String cause) {
        return switch (whenDown) {
            case ACCEPT -> passed(cause);
            case DEFER ->
                Decision.defer(Reason.NOT_YET, name, "The message cannot be checked now; try again later")
                        .detail(detail(cause));
        };
    }

    /** Of a message that it will never look at, however often it comes. */
    Decision passed(String cause) {
        return Decision.pass(name, detail(cause));
    }

    private static String detail(String cause) {
        return "not checked: " + plain(cause, LONGEST_CAUSE);
    }

    /** What a checker says may quote the message, and goes into replies, headers and the log. */
    static String plain(String text, int most) {
        return text.substring(0, Math.min(text.length(), most)).replaceAll("[^ -~]", "?");
    }
}
