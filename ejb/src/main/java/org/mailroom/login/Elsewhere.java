package org.mailroom.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;

/**
 * Logins that a directory of others judges. What it said is remembered for a while: a phone's twenty connections ask once, and one
 * with an old password does not ask so often that the directory locks the account.
 */
final class Elsewhere {
    /** Briefly, because a password that was wrong may be the new one. */
    private static final Duration WRONG = Duration.ofSeconds(30);

    private static final int MOST_REMEMBERED = 50_000;
    private static final int PATIENCE_S = 30;

    private final PasswordSource source;
    private final Passwords passwords;
    private final Cache<String, String> right;
    private final Cache<String, Boolean> wrong = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(WRONG)
            .build();
    private final ConcurrentHashMap<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();

    Elsewhere(PasswordSource source, Passwords passwords, Duration remembered) {
        this.source = source;
        this.passwords = passwords;
        this.right = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(remembered)
                .build();
    }

    /**
     * What it says.
     *
     * @param address the own address of the account; empty: wrong
     * @param remembered whether it was asked before, so that this is no new guess
     */
    record Answer(Optional<String> address, boolean remembered) {}

    /** Whether a directory judges passwords of this name, which no account here has. */
    boolean covers(String name) {
        try {
            return source.covers(MailAddress.parseOurs(name).domain());
        } catch (BadAddress e) {
            return false;
        }
    }

    /** The own address of whoever has the name over there, which is proved already. */
    Optional<String> known(String name) throws PasswordSource.NoAnswerYet {
        MailAddress parsed;
        try {
            parsed = MailAddress.parseOurs(name);
        } catch (BadAddress e) {
            return Optional.empty();
        }
        var mark = passwords.mark(parsed.toString(), "principal", "");
        var remembered = right.getIfPresent(mark);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var address = source.known(parsed);
        address.ifPresent(own -> right.put(mark, own));
        return address;
    }

    Answer ask(String name, String password) throws PasswordSource.NoAnswerYet {
        MailAddress parsed;
        try {
            parsed = MailAddress.parseOurs(name);
        } catch (BadAddress e) {
            return new Answer(Optional.empty(), false);
        }
        var mark = passwords.mark(parsed.toString(), "elsewhere", password);
        var known = right.getIfPresent(mark);
        if (known != null || wrong.getIfPresent(mark) != null) {
            return new Answer(Optional.ofNullable(known), true);
        }
        var mine = new CompletableFuture<Answer>();
        var first = asked.putIfAbsent(mark, mine);
        if (first != null) {
            return await(first);
        }
        try {
            var address = source.prove(parsed, password);
            address.ifPresentOrElse(own -> right.put(mark, own), () -> wrong.put(mark, true));
            mine.complete(new Answer(address, true));
            return new Answer(address, false);
        } finally {
            asked.remove(mark);
            if (!mine.isDone()) {
                mine.completeExceptionally(new PasswordSource.NoAnswerYet());
            }
        }
    }

    private static Answer await(CompletableFuture<Answer> answer) throws PasswordSource.NoAnswerYet {
        try {
            return answer.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PasswordSource.NoAnswerYet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PasswordSource.NoAnswerYet();
        }
    }
}
