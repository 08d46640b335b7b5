package org.mailroom.login;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import org.mailroom.contract.login.Logins;

/** Where the wire asks who somebody is. Holds no transaction: hashing takes its time. */
@MessageDriven
public class LoginsEndpoint implements Logins {
    @Inject
    private LoginCheck check;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public LoginVerdict verify(Attempt attempt, String name, String password) {
        var by = attempt.protocol().name().toLowerCase(Locale.ROOT) + " tls=" + attempt.tls() + " session="
                + attempt.session();
        return check.verify(attempt.address().getAddress(), by, name, password);
    }
}
