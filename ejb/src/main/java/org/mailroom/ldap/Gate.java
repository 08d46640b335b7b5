package org.mailroom.ldap;

import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.mailroom.outage.Breaker;

/**
 * Lets a few ask a directory at a time, and nobody while it is out: whoever gets no place soon goes without an answer. So one that
 * hangs holds no more of the house than its places.
 */
final class Gate {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    private static final int FAILURES = 3;

    /** While it answers, places come free in no time, and a storm of logins is served; while it hangs, they do not. */
    private static final long PATIENCE_MS = 250;

    private final String name;
    private final Semaphore lookups;
    private final Semaphore logins;
    private final Breaker breaker;

    Gate(String name, LdapSettings settings) {
        this.name = name;
        this.lookups = new Semaphore(settings.places());
        this.logins = new Semaphore(settings.places());
        this.breaker = new Breaker(FAILURES, settings.pause(), InstantSource.system());
    }

    @FunctionalInterface
    interface Question<T> {
        T ask() throws NoAnswer;
    }

    <T> T lookup(Question<T> question) throws NoAnswer {
        return pass(lookups, question);
    }

    <T> T login(Question<T> question) throws NoAnswer {
        return pass(logins, question);
    }

    private <T> T pass(Semaphore places, Question<T> question) throws NoAnswer {
        try {
            if (!places.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new NoAnswer("too many wait for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
        try {
            if (!breaker.allows()) {
                throw new NoAnswer("it failed lately");
            }
            return answer(question);
        } finally {
            places.release();
        }
    }

    /** Only who asked tells what came of it: those who were not let in, however many, say nothing in the log. */
    private <T> T answer(Question<T> question) throws NoAnswer {
        boolean answered = false;
        try {
            var answer = question.ask();
            answered = true;
            return answer;
        } catch (NoAnswer e) {
            LOG.log(System.Logger.Level.WARNING, "directory=" + name + " status=no-answer cause=" + e.text());
            throw e;
        } finally {
            if (!answered) {
                if (breaker.failed()) {
                    LOG.log(System.Logger.Level.WARNING, "directory=" + name + " status=down");
                }
            } else if (breaker.succeeded()) {
                LOG.log(System.Logger.Level.INFO, "directory=" + name + " status=up");
            }
        }
    }
}
