package org.mailroom.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Settings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.ScramChallenge;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.contract.login.Logins.ScramVerdict;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Secret;

/**
 * Judges passwords, proofs of SCRAM, tokens, tickets and certificates, the same for the wire and for the console. What the client
 * sees, and how long it takes, does not depend on whether the account exists: unknown names are counted, slowed and hashed
 * like known ones.
 *
 * <p>A client that got it right before, for this very account, is slowed by its own failures only, so that an attack from
 * elsewhere shuts nobody out. The same wrong password again is no new guess and is not counted: it is a phone that was not
 * told of the new one.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginCheck {
    private static final Logger LOG = System.getLogger(LoginCheck.class.getName());

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final int MOST_REMEMBERED = 100_000;
    private static final int LONGEST_NAME = 320;
    private static final int MOST_SHOWN = 1000;

    /** Whoever asks in its name gets in by the account's own password only. */
    private static final String NO_SERVICE = "";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Passwords passwords;

    @Inject
    private SecondFactors secondFactors = new SecondFactors();

    @Inject
    @Any
    private Instance<PasswordSource> sourceBeans;

    private @Nullable Elsewhere elsewhere;
    private final Sha1Keys sha1 = new Sha1Keys();
    private final MadeUpKeys madeUp = new MadeUpKeys();
    private Tokens tokens = Tokens.none();
    private Realms realms = new Realms(Map.of());
    private LoginSettings settings;
    private Brake accounts;
    private Brake addresses;
    private final Cache<String, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    public LoginCheck() {}

    LoginCheck(DataSource database, Passwords passwords, LoginSettings settings, InstantSource clock) {
        this.database = database;
        this.passwords = passwords;
        use(settings, clock);
    }

    LoginCheck trusting(Tokens issuers) {
        tokens = issuers;
        return this;
    }

    LoginCheck trusting(Realms kerberos) {
        realms = kerberos;
        return this;
    }

    LoginCheck asking(PasswordSource source) {
        elsewhere = new Elsewhere(source, passwords, settings.remembered());
        return this;
    }

    LoginCheck asking(SecondFactors factors) {
        secondFactors = factors;
        return this;
    }

    @PostConstruct
    void configure() {
        use(LoginSettings.of(Settings.current()), InstantSource.system());
        sourceBeans.stream().findFirst().ifPresent(this::asking);
        tokens = Tokens.of(TokenSettings.of(Settings.current()));
        realms = Realms.of(Settings.current());
    }

    @PreDestroy
    void close() {
        tokens.close();
    }

    private void use(LoginSettings newSettings, InstantSource clock) {
        settings = newSettings;
        accounts = new Brake(newSettings.failuresPerAccount(), newSettings.longestWait(), clock);
        addresses = new Brake(newSettings.failuresPerAddress(), newSettings.longestWait(), clock);
    }

    /**
     * Whom a proof is of; null where it is wrong.
     *
     * @param remembered whether it was judged before, so that it is no new guess
     */
    private record Outcome(@Nullable Credentials of, boolean remembered) {}

    @FunctionalInterface
    private interface Proof {
        Outcome check() throws SQLException, Passwords.Busy, Tokens.NoAnswer, PasswordSource.NoAnswerYet;
    }

    /** @param by what asks, for the log: {@code imap tls=true session=…} */
    public LoginVerdict verify(InetAddress client, String by, String name, String password) {
        return verify(client, by, NO_SERVICE, name, password);
    }

    /** @param service for which a password of a program may be: {@code smtp}, {@code imap} or {@code pop3} */
    public LoginVerdict verify(InetAddress client, String by, String service, String name, String password) {
        return logged(client, by, name, () -> {
            if (ApplicationPasswords.proves(database, client.getHostAddress(), service, name, password)) {
                return new Outcome(Credentials.find(database, name).orElse(null), false);
            }
            var credentials = Credentials.find(database, name);
            var directory = elsewhere;
            if (directory != null && credentials.map(Credentials::elsewhere).orElseGet(() -> directory.covers(name))) {
                return bound(directory, credentials.map(Credentials::address).orElse(name), password);
            }
            var verifier = credentials.map(Credentials::verifier).orElseGet(passwords::nobody);
            var checked = passwords.check(who(name), verifier, password);
            if (checked.right() && settings.sha1() && credentials.isPresent()) {
                sha1.keep(database, credentials.get(), () -> passwords.sha1(password));
            }
            return new Outcome(checked.right() ? credentials.orElse(null) : null, checked.remembered());
        });
    }

    /** Whether he may log in is said here, at each login. */
    private Outcome bound(Elsewhere directory, String name, String password)
            throws SQLException, PasswordSource.NoAnswerYet {
        var answer = directory.ask(name, password);
        var credentials = answer.address().isEmpty()
                ? Optional.<Credentials>empty()
                : Credentials.find(database, answer.address().get());
        return new Outcome(credentials.orElse(null), answer.remembered());
    }

    /** What the client hashes its password with; made up for whoever has none, or is not there. */
    public ScramChallenge scram(ScramHash hash, String name) throws MailException {
        var directory = elsewhere;
        if (directory != null && directory.covers(name)) {
            // Said of the whole domain and from memory: neither the words nor the time tell who has an account.
            throw new MailException(
                    Reason.OTHER_MECHANISM,
                    "The passwords of this domain are kept elsewhere: log in with PLAIN, under TLS");
        }
        try {
            var shortened = name.length() > LONGEST_NAME ? "" : name;
            var keys = keys(hash, Credentials.find(database, shortened), shortened);
            return new ScramChallenge(keys.salt(), keys.iterations());
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "login status=fault the directory does not answer", e);
            throw new MailException(Reason.UNAVAILABLE, "The directory does not answer; try again later");
        }
    }

    private Secret.Scram keys(ScramHash hash, Optional<Credentials> credentials, String name) throws SQLException {
        var keys = switch (hash) {
            case SHA_256 -> credentials.map(Credentials::scram);
            case SHA_1 -> sha1.find(database, credentials);
        };
        return keys.isPresent() ? keys.get() : madeUp.keys(database, hash, who(name));
    }

    /** A proof of SCRAM; made-up keys fit none. */
    public ScramVerdict prove(
            InetAddress client, String by, ScramHash hash, String name, byte[] authMessage, byte[] clientProof) {
        var signature = new AtomicReference<>(new byte[0]);
        var verdict = logged(client, by, name, () -> {
            var credentials = Credentials.find(database, name);
            var keys = keys(hash, credentials, name);
            boolean right = ScramKeys.proves(hash, keys, authMessage, clientProof);
            signature.set(ScramKeys.signature(hash, keys, authMessage));
            return new Outcome(right ? credentials.orElse(null) : null, false);
        });
        return new ScramVerdict(verdict, verdict instanceof LoginVerdict.Granted ? signature.get() : new byte[0]);
    }

    /** Somebody whom an issuer vouches for; where he says who he is, the token must say the same. */
    public LoginVerdict token(InetAddress client, String by, String name, String token) {
        var counted = name.isEmpty() ? "token from " + network(client) : name;
        return logged(client, by, counted, () -> {
            var address = tokens.address(token).filter(of -> name.isEmpty() || of.equalsIgnoreCase(name.strip()));
            var credentials =
                    address.isEmpty() ? Optional.<Credentials>empty() : Credentials.find(database, address.get());
            return new Outcome(credentials.orElse(null), false);
        });
    }

    /** Somebody for whom the issuer of the console's settings vouched. */
    public LoginVerdict vouched(InetAddress client, String by, String name) {
        return logged(
                client,
                by,
                name,
                () -> new Outcome(Credentials.find(database, name).orElse(null), false));
    }

    /** Somebody whose ticket was for us; where he says who he is, it must be the principal's name, or his account's. */
    public LoginVerdict principal(InetAddress client, String by, String name, String principal) {
        return logged(client, by, principal, () -> {
            var of = realms.name(principal);
            var credentials = of.isEmpty() ? Optional.<Credentials>empty() : named(of.get());
            boolean himself = name.isEmpty()
                    || of.map(LoginCheck::who).filter(who(name)::equals).isPresent()
                    || credentials
                            .filter(one -> one.address().equals(who(name)))
                            .isPresent();
            return new Outcome(himself ? credentials.orElse(null) : null, false);
        });
    }

    /** Whose name it is: of an account here, or of somebody whom the directory knows by it. */
    private Optional<Credentials> named(String name) throws SQLException, PasswordSource.NoAnswerYet {
        var credentials = Credentials.find(database, name);
        var directory = elsewhere;
        if (directory == null || !credentials.map(Credentials::elsewhere).orElseGet(() -> directory.covers(name))) {
            return credentials;
        }
        var address = directory.known(name);
        return address.isEmpty() ? Optional.empty() : Credentials.find(database, address.get());
    }

    /** Somebody whose certificate TLS has checked. */
    public LoginVerdict certificate(InetAddress client, String by, String name, List<String> named) {
        var counted = name.isEmpty() ? "certificate from " + network(client) : name;
        return logged(client, by, counted, () -> {
            for (var address : named) {
                if (name.isEmpty() || address.equalsIgnoreCase(name.strip())) {
                    var found = Credentials.find(database, address);
                    if (found.isPresent()) {
                        return new Outcome(found.get(), false);
                    }
                }
            }
            return new Outcome(null, false);
        });
    }

    /** Whether the console asks this account for more than its password. */
    public boolean asksSecondFactor(AccountId account) {
        try {
            return SecondFactors.isAsked(database, account);
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /**
     * The second factor of somebody whose password was right. Wrong codes are counted apart from wrong passwords: who knows
     * the password would forgive himself with it.
     */
    public LoginVerdict secondFactor(InetAddress client, String by, String name, String code) {
        return logged(client, by, name, "code of ", () -> {
            var credentials = Credentials.find(database, name);
            boolean right = credentials.isPresent()
                    && secondFactors.proves(database, credentials.get().account(), code);
            return new Outcome(right ? credentials.get() : null, false);
        });
    }

    private LoginVerdict logged(InetAddress client, String by, String name, Proof proof) {
        return logged(client, by, name, "", proof);
    }

    /** @param apart what stands before the name where its failures are counted apart from those of passwords */
    private LoginVerdict logged(InetAddress client, String by, String name, String apart, Proof proof) {
        var verdict =
                name.length() > LONGEST_NAME ? new LoginVerdict.Denied() : judge(client, apart + who(name), proof);
        var status = switch (verdict) {
            case LoginVerdict.Granted _ -> "granted";
            case LoginVerdict.Denied _ -> "denied";
            case LoginVerdict.Unavailable _ -> "unavailable";
        };
        LOG.log(
                Level.INFO,
                () -> "login name=<" + printable(apart + name) + "> client=" + client.getHostAddress() + " by=" + by
                        + " status=" + status);
        return verdict;
    }

    /**
     * Somebody who failed so often that his tries wait.
     *
     * @param who a name, a client's network, or both where a client that got it right before fails
     * @param seconds until the next try is looked at; 0: now, but the next failure doubles the wait
     */
    public record Slowed(String who, int failures, Instant last, long seconds) {}

    /** Whom this node slows, worst first. Each node counts for itself. */
    public List<Slowed> slowed() {
        return Stream.concat(accounts.slowed().stream(), addresses.slowed().stream())
                .map(one -> new Slowed(
                        one.who(), one.failures(), one.last(), one.left().toSeconds()))
                .sorted(Comparator.comparing(Slowed::failures).reversed().thenComparing(Slowed::who))
                .limit(MOST_SHOWN)
                .toList();
    }

    /** Forgives one of those; false where he is not slowed. */
    public boolean lift(String who) {
        boolean there = slowed().stream().anyMatch(one -> one.who().equals(who));
        accounts.forgive(who);
        addresses.forgive(who);
        return there;
    }

    /** By what a name is counted. However an address is written, it is one account, and each try is one at it. */
    private static String who(String name) {
        var stripped = name.strip();
        try {
            var address = MailAddress.parse(stripped);
            return new MailAddress(address.key(), address.domain()).toString();
        } catch (BadAddress e) {
            return stripped.toLowerCase(Locale.ROOT);
        }
    }

    private LoginVerdict judge(InetAddress client, String who, Proof proof) {
        var from = network(client);
        var pair = who + " " + from;
        boolean known = proven.getIfPresent(pair) != null;
        boolean exempt = settings.exempt().stream().anyMatch(network -> network.contains(client));
        var name = known ? pair : who;
        // The client's turn comes first: whoever has a name's waits for nobody, so no client holds up another.
        try (var ofClient = exempt || known ? Brake.Turn.free() : addresses.begin(from)) {
            if (!ofClient.left().isZero()) {
                return tooEarly(ofClient);
            }
            try (var ofName = exempt ? Brake.Turn.free() : accounts.begin(name)) {
                if (!ofName.left().isZero()) {
                    return tooEarly(ofName);
                }
                var outcome = proof.check();
                var of = outcome.of();
                if (of != null && of.enabled()) {
                    accounts.forgive(name);
                    proven.put(pair, true);
                    return new LoginVerdict.Granted(of.account(), of.address());
                }
                if (!exempt && !outcome.remembered()) {
                    accounts.failed(name);
                    addresses.failed(from);
                }
                return new LoginVerdict.Denied();
            }
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "login status=fault the directory does not answer", e);
            return new LoginVerdict.Unavailable("The directory does not answer; try again later");
        } catch (Passwords.Busy e) {
            return new LoginVerdict.Unavailable("Too many logins at a time; try again later");
        } catch (PasswordSource.NoAnswerYet e) {
            return new LoginVerdict.Unavailable("The directory of this domain does not answer; try again later");
        } catch (Tokens.NoAnswer e) {
            LOG.log(Level.WARNING, "login status=unavailable problem=" + printable(String.valueOf(e.getMessage())));
            return new LoginVerdict.Unavailable("The issuer of tokens does not answer; try again later");
        }
    }

    private static LoginVerdict tooEarly(Brake.Turn turn) {
        return new LoginVerdict.Unavailable(
                "Too many failed logins; try again in " + (turn.left().toSeconds() + 1) + " seconds");
    }

    /** One client's address; of IPv6 the /64, which is what a single line is given (RFC 6177). */
    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16))
                            .getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen octets are an address", e);
        }
    }

    /** Whatever the client sent, on one line. */
    static String printable(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LONGEST_NAME).forEach(c -> {
            boolean plain = c >= 0x20 && c < 0x7f && c != '<' && c != '>' && c != '\\';
            line.append(
                    plain || c > 0x9f && Character.isLetterOrDigit(c) ? Character.toString(c) : "\\u{%x}".formatted(c));
        });
        return line.toString();
    }
}
