package org.mailroom.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.trace.OneLine;

/**
 * The MTA-STS policies of other domains (RFC 8461 §3.3, §5.1): fetched when a TXT record tells of a new one, kept in the
 * database as long as they say, so that who can suppress an answer cannot take one away.
 */
final class StsPolicies {
    private static final System.Logger LOG = System.getLogger(StsPolicies.class.getName());

    private static final Pattern RECORD = Pattern.compile("v=STSv1\\s*;(?:.*;)?\\s*id=([A-Za-z0-9]{1,32})\\s*(?:;.*)?");
    private static final Duration REFRESH = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** Asks a domain's web server. */
    interface Fetch {
        String policy(String domain) throws IOException;
    }

    /** @param id of the TXT record that it was fetched for */
    record Kept(String id, StsPolicy policy, Instant fetched) {
        boolean isValid(Instant now) {
            return now.isBefore(fetched.plus(policy.maxAge()));
        }
    }

    private final Dns dns;
    private final Fetch fetch;
    private final StsTable table;
    private final TlsResults results;
    private final Clock clock;
    private final Cache<String, Optional<Kept>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Domains of which a policy could not be had a short time ago, and why. */
    private final Cache<String, String> failures =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(PAUSE).build();

    /** One fetch a domain at a time; the others wait for it. */
    private final ConcurrentHashMap<String, FutureTask<Optional<Kept>>> fetching = new ConcurrentHashMap<>();

    StsPolicies(Dns dns, Fetch fetch, StsTable table, TlsResults results, Clock clock) {
        this.dns = dns;
        this.fetch = fetch;
        this.table = table;
        this.results = results;
        this.clock = clock;
    }

    /** The one that is in force, in whatever mode. */
    Optional<StsPolicy> find(String domain) {
        var now = clock.instant();
        var kept = known.get(domain, table::find).filter(found -> found.isValid(now));
        var id = id(domain);
        if (id.isEmpty() || failures.getIfPresent(domain) != null) {
            return kept.map(Kept::policy);
        }
        boolean fresh = kept.filter(found -> found.id().equals(id.get())
                        && now.isBefore(found.fetched().plus(REFRESH)))
                .isPresent();
        return (fresh ? kept : fetched(domain, id.get()).or(() -> kept)).map(Kept::policy);
    }

    /** RFC 8461 §3.1: exactly one record, or there is no policy. */
    private Optional<String> id(String domain) {
        if (!(dns.texts("_mta-sts." + domain) instanceof Answer.Found<String> found)) {
            return Optional.empty();
        }
        var records = found.values().stream()
                .filter(text -> text.startsWith("v=STSv1"))
                .toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        var match = RECORD.matcher(records.getFirst().strip());
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private Optional<Kept> fetched(String domain, String id) {
        var task = new FutureTask<>(() -> fetchNow(domain, id));
        var other = fetching.putIfAbsent(domain, task);
        if (other == null) {
            try {
                task.run();
            } finally {
                fetching.remove(domain);
            }
        }
        return result(other == null ? task : other);
    }

    private static Optional<Kept> result(FutureTask<Optional<Kept>> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Optional<Kept> fetchNow(String domain, String id) {
        try {
            var policy = StsPolicy.parse(fetch.policy(domain))
                    .orElseThrow(() -> new NoPolicyException("what it publishes is no policy"));
            var kept = Optional.of(new Kept(id, policy, clock.instant()));
            table.keep(domain, kept.get());
            known.put(domain, kept);
            return kept;
        } catch (IOException e) {
            failures.put(domain, String.valueOf(e.getMessage()));
            results.count(domain, result(e));
            LOG.log(
                    System.Logger.Level.INFO,
                    "mta-sts domain=" + OneLine.of(domain, 260) + " status=not-fetched cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
            return Optional.empty();
        }
    }

    /** As TLS reports call it (RFC 8460 §4.3.2.2). */
    private static String result(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "sts-webpki-invalid";
            }
        }
        return e instanceof NoPolicyException ? "sts-policy-invalid" : "sts-policy-fetch-error";
    }

    /** The web server has something else than a policy. */
    private static final class NoPolicyException extends IOException {
        private static final long serialVersionUID = 1L;

        NoPolicyException(String message) {
            super(message);
        }
    }
}
