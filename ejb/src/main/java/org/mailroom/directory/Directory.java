package org.mailroom.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.AccountId;

/**
 * The directory as mail asks it, once a recipient: answers come from memory. A change on this node is seen with its commit,
 * one made on another node within {@link #AGE}. What is not known to exist is remembered as well, so guessing at addresses
 * costs a look-up in memory; faults are not remembered.
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Directory {
    /** How old an answer may be where another node made the change. */
    static final Duration AGE = Duration.ofSeconds(30);

    private static final int MOST = 100_000;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private Optional<String> postmasters = Optional.empty();

    // Replaced whole after a change: a look-up that began before it ends in the cache that was thrown away.
    private volatile Known known = new Known();

    public Directory() {}

    Directory(DataSource database, DirectorySettings settings) {
        this.database = database;
        this.postmasters = settings.domain();
    }

    @PostConstruct
    void configure() {
        postmasters = DirectorySettings.of(Settings.current()).domain();
    }

    private record Known(
            Cache<String, Resolution> addresses,
            Cache<String, Boolean> domains,
            Cache<String, Optional<String>> routes,
            Cache<AccountId, Optional<String>> accounts) {
        Known() {
            this(cache(), cache(), cache(), cache());
        }

        private static <K, V> Cache<K, V> cache() {
            return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).build();
        }
    }

    @FunctionalInterface
    private interface Query<K, V> {
        V ask(K key) throws SQLException;
    }

    /** Where mail for the address goes; a text that is no address is unknown. */
    public Resolution resolve(String address) {
        try {
            // RFC 5321 §4.5.1: postmaster without a domain, in any case, is ours.
            if (address.equalsIgnoreCase("postmaster")) {
                return postmaster();
            }
            var parsed = MailAddress.parse(address);
            if (!isOurs(parsed.domain())) {
                return new Resolution.NotOurs(parsed.domain());
            }
            var ours = new MailAddress(parsed.key(), parsed.domain());
            return remembered(Known::addresses, ours.toString(), key -> query().resolve(ours));
        } catch (BadAddress e) {
            return new Resolution.Unknown();
        }
    }

    private Resolution postmaster() {
        return postmasters
                .or(() -> remembered(Known::accounts, new AccountId(0), none -> query().oldestDomain()))
                .map(domain -> resolve("postmaster@" + domain))
                .orElseGet(Resolution.Unknown::new);
    }

    /** Whether we are the last stop for mail to this domain. */
    public boolean isOurs(String domain) {
        return remembered(Known::domains, canonical(domain), name -> query().isOurs(name));
    }

    /** Where mail for a domain of others goes, instead of its MX: {@code smtp://host:port}. */
    public Optional<String> route(String domain) {
        return remembered(Known::routes, canonical(domain), name -> query().route(name));
    }

    /** Whether the address is the account's own or one of its aliases. */
    public boolean maySendAs(AccountId account, String address) {
        return resolve(address) instanceof Resolution.Local local
                && local.account().equals(account);
    }

    /** The account's own address. */
    public Optional<String> address(AccountId account) {
        return remembered(Known::accounts, account, id -> query().address(id));
    }

    /** Forgets everything; changes are rare beside look-ups, and a cold look-up is one indexed row. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) DirectoryChanged change) {
        known = new Known();
    }

    private <K, V> V remembered(Function<Known, Cache<K, V>> which, K key, Query<K, V> query) {
        var cache = which.apply(known);
        var value = cache.getIfPresent(key);
        if (value == null) {
            try {
                value = query.ask(key);
            } catch (SQLException e) {
                throw new IllegalStateException("the directory does not answer", e);
            }
            cache.put(key, value);
        }
        return value;
    }

    private DirectoryQuery query() {
        return new DirectoryQuery(database);
    }

    private static String canonical(String domain) {
        try {
            return MailDomain.parse(domain).name();
        } catch (BadAddress e) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }
}
