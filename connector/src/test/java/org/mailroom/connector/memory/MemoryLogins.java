package org.mailroom.connector.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins;

/**
 * Names and passwords in a map. The password {@code later} stands for a directory that does not answer; those of
 * {@code elsewhere.example} are kept elsewhere.
 */
public class MemoryLogins implements Logins {
    private record Known(AccountId account, String password) {}

    private final Map<String, Known> accounts = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** The account of this name, made where it is new. */
    public AccountId add(String address, String password) {
        var name = address.toLowerCase(Locale.ROOT);
        return accounts.compute(
                        name,
                        (n, old) -> new Known(
                                old == null ? new AccountId(lastId.incrementAndGet()) : old.account(), password))
                .account();
    }

    public AccountId account(String address) {
        return accounts.get(address.toLowerCase(Locale.ROOT)).account();
    }

    @Override
    public LoginVerdict verify(Attempt attempt, String name, String password) {
        if (password.equals("later")) {
            return new LoginVerdict.Unavailable("Try again later");
        }
        var known = accounts.get(name.toLowerCase(Locale.ROOT));
        return known != null && known.password().equals(password)
                ? new LoginVerdict.Granted(known.account(), name.toLowerCase(Locale.ROOT))
                : new LoginVerdict.Denied();
    }

    @Override
    public ScramChallenge scram(ScramHash hash, String name) throws MailException {
        if (name.endsWith("@elsewhere.example")) {
            throw new MailException(Reason.OTHER_MECHANISM, "The passwords of this domain are kept elsewhere");
        }
        return new ScramChallenge("salt of nobody..".getBytes(StandardCharsets.US_ASCII), 4096);
    }

    @Override
    public ScramVerdict prove(Attempt attempt, ScramHash hash, String name, byte[] authMessage, byte[] clientProof)
            throws MailException {
        var known = accounts.get(name.toLowerCase(Locale.ROOT));
        var keys = new ScramKeys(hash, known == null ? "nobody's" : known.password(), scram(hash, name));
        return known != null && Arrays.equals(keys.proof(authMessage), clientProof)
                ? new ScramVerdict(new LoginVerdict.Granted(known.account(), name), keys.serverSignature(authMessage))
                : new ScramVerdict(new LoginVerdict.Denied(), new byte[0]);
    }

    /** A token is {@code token-of-<name>}. */
    @Override
    public LoginVerdict token(Attempt attempt, String name, String token) {
        var of = token.replace("token-of-", "").toLowerCase(Locale.ROOT);
        var known = accounts.get(of);
        return known != null && token.startsWith("token-of-") && (name.isEmpty() || name.equalsIgnoreCase(of))
                ? new LoginVerdict.Granted(known.account(), of)
                : new LoginVerdict.Denied();
    }

    @Override
    public LoginVerdict principal(Attempt attempt, String name, String principal) {
        return certificate(attempt, name, List.of(principal.toLowerCase(Locale.ROOT)));
    }

    @Override
    public LoginVerdict certificate(Attempt attempt, String name, List<String> addresses) {
        return addresses.stream()
                .filter(address -> name.isEmpty() || name.equals(address))
                .filter(accounts::containsKey)
                .findFirst()
                .<LoginVerdict>map(address ->
                        new LoginVerdict.Granted(accounts.get(address).account(), address))
                .orElseGet(LoginVerdict.Denied::new);
    }
}
