package org.mailroom.login;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.directory.Secret;

/**
 * Makes and checks what is kept of passwords. A hash costs a processor some 30 ms and 19 MiB, so only a few run at a time
 * and a verdict is remembered for {@link #REMEMBERED}: a phone's twenty connections cost one hash.
 *
 * <p>Passwords are compared as SASLprep leaves them, and as they were sent where it cannot prepare them; ASCII is never
 * touched. What is remembered is known by a keyed hash over verifier and password: a changed password has another
 * verifier, so no verdict outlives it on any node, and no password can be read from memory.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Passwords {
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Longer ones are nobody's: the wire bounds lines, and hashing must not cost by length. */
    private static final int LONGEST = 1024;

    private static final int GENERATED = 20;
    // Neither 0 and o nor 1, l and i: people read it to each other. 20 of these 31 are 99 bits.
    private static final String READABLE = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Semaphore hashing =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    private final AsyncCache<String, Boolean> verdicts = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .buildAsync();
    private final SecretKeySpec key = new SecretKeySpec(random(32), "HmacSHA256");

    // What a name that nobody has is checked against: the same work, and nothing matches.
    private final String nobody = Argon2.CURRENT.verifier(Base64.getEncoder().encodeToString(random(32)));

    /** All permits are taken, and stay so for longer than a client would wait. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("too many logins at a time", null, false, false);
        }
    }

    /** What to keep of a password. */
    public Secret keep(String password) throws Busy {
        var prepared = SaslPrep.prepare(password);
        acquire();
        try {
            var scram =
                    prepared.map(text -> ScramKeys.of(ScramHash.SHA_256, text)).orElse(null);
            return new Secret(Argon2.CURRENT.verifier(prepared.orElse(password)), scram);
        } finally {
            hashing.release();
        }
    }

    /** The keys of SCRAM-SHA-1 for a password that was just found right; empty where it cannot be prepared. */
    public Optional<Secret.Scram> sha1(String password) throws Busy {
        var prepared = SaslPrep.prepare(password);
        acquire();
        try {
            return prepared.map(text -> ScramKeys.of(ScramHash.SHA_1, text));
        } finally {
            hashing.release();
        }
    }

    /** A password that a person can read out and nobody can guess. */
    public String generate() {
        return RANDOM.ints(GENERATED, 0, READABLE.length())
                .collect(StringBuilder::new, (text, i) -> text.append(READABLE.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** What became of a check. */
    public record Checked(boolean right, boolean remembered) {}

    /**
     * Whether the password is that of the verifier.
     *
     * @param name who claims it: names that nobody has share a verifier, and what is remembered of one must not make the
     *     answer for another quicker
     */
    public Checked check(String name, String verifier, String password) throws Busy {
        if (password.length() > LONGEST) {
            return new Checked(false, false);
        }
        var prepared = SaslPrep.prepare(password).orElse(password);
        var mark = mark(name, verifier, prepared);
        var mine = new CompletableFuture<Boolean>();
        var first = verdicts.asMap().putIfAbsent(mark, mine);
        if (first != null) {
            return new Checked(await(first), true);
        }
        try {
            acquire();
            try {
                mine.complete(Argon2.matches(verifier, prepared));
            } finally {
                hashing.release();
            }
            return new Checked(mine.join(), false);
        } finally {
            if (!mine.isDone()) {
                // Whoever waits for this one is told so, and the next attempt begins anew.
                verdicts.asMap().remove(mark, mine);
                mine.completeExceptionally(new Busy());
            }
        }
    }

    /** The verifier for a name that nobody has, or an account without a password. */
    public String nobody() {
        return nobody;
    }

    private static boolean await(CompletableFuture<Boolean> verdict) throws Busy {
        try {
            return verdict.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    private void acquire() throws Busy {
        try {
            if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    /** What is remembered instead of a password; nothing can be read from it. */
    public String mark(String name, String verifier, String password) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            for (var part : List.of(name, verifier)) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private static byte[] random(int length) {
        var octets = new byte[length];
        RANDOM.nextBytes(octets);
        return octets;
    }
}
