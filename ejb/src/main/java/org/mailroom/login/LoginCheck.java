package org.mailroom.login;

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
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.login.Logins.LoginVerdict;

/**
 * Judges a name and a password, the same for the wire and for the console. What the client sees, and how long it takes, does
 * not depend on whether the account exists: unknown names are counted, slowed and hashed like known ones.
 *
 * <p>A client that got it right before, for this very account, is slowed by its own failures only, so that an attack from
 * elsewhere shuts nobody out. The same wrong password again is no new guess and is not counted: it is a phone that was not
 * told of the new one.
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginCheck {
    private static final Logger LOG = System.getLogger(LoginCheck.class.getName());

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final int MOST_REMEMBERED = 100_000;
    private static final int LONGEST_NAME = 320;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Passwords passwords;

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

    @PostConstruct
    void configure() {
        use(LoginSettings.of(Settings.current()), InstantSource.system());
    }

    private void use(LoginSettings newSettings, InstantSource clock) {
        settings = newSettings;
        accounts = new Brake(newSettings.failuresPerAccount(), newSettings.longestWait(), clock);
        addresses = new Brake(newSettings.failuresPerAddress(), newSettings.longestWait(), clock);
    }

    /** @param by what asks, for the log: {@code imap tls=true session=…} */
    public LoginVerdict verify(InetAddress client, String by, String name, String password) {
        var verdict = name.length() > LONGEST_NAME ? new LoginVerdict.Denied() : judge(client, name, password);
        var status = switch (verdict) {
            case LoginVerdict.Granted _ -> "granted";
            case LoginVerdict.Denied _ -> "denied";
            case LoginVerdict.Unavailable _ -> "unavailable";
        };
        LOG.log(
                Level.INFO,
                () -> "login name=<" + printable(name) + "> client=" + client.getHostAddress() + " by=" + by
                        + " status=" + status);
        return verdict;
    }

    private LoginVerdict judge(InetAddress client, String name, String password) {
        var from = network(client);
        var who = name.strip().toLowerCase(Locale.ROOT);
        var pair = who + " " + from;
        boolean known = proven.getIfPresent(pair) != null;
        boolean exempt = settings.exempt().stream().anyMatch(network -> network.contains(client));
        if (!exempt) {
            var wait = longer(accounts.wait(known ? pair : who), known ? Duration.ZERO : addresses.wait(from));
            if (!wait.isZero()) {
                return new LoginVerdict.Unavailable(
                        "Too many failed logins; try again in " + (wait.toSeconds() + 1) + " seconds");
            }
        }
        try {
            var credentials = Credentials.find(database, name);
            var verifier = credentials.map(Credentials::verifier).orElseGet(passwords::nobody);
            var checked = passwords.check(who, verifier, password);
            if (checked.right() && credentials.isPresent() && credentials.get().enabled()) {
                accounts.forgive(known ? pair : who);
                proven.put(pair, true);
                return new LoginVerdict.Granted(
                        credentials.get().account(), credentials.get().address());
            }
            if (!exempt && !checked.remembered()) {
                accounts.failed(known ? pair : who);
                addresses.failed(from);
            }
            return new LoginVerdict.Denied();
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "login status=fault the directory does not answer", e);
            return new LoginVerdict.Unavailable("The directory does not answer; try again later");
        } catch (Passwords.Busy e) {
            return new LoginVerdict.Unavailable("Too many logins at a time; try again later");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
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
