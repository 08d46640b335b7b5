package org.mailroom.connector.memory;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.login.Logins;

/** Names and passwords in a map. The password {@code later} stands for a directory that does not answer. */
public final class MemoryLogins implements Logins {
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
}
