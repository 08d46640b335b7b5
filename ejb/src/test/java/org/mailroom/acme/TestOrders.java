package org.mailroom.acme;

import javax.sql.DataSource;
import org.mailroom.config.Secrets;
import org.mailroom.contract.relay.Authorities;

/** Opens this package's beans to tests of others. */
public final class TestOrders {
    private TestOrders() {}

    /** At an authority that wants this to be agreed to, wherever its directory is. */
    public static Orders whoseTermsAre(String terms, DataSource database, Secrets secrets) {
        return new Orders(new AcmeTable(database, secrets), new Answers(database), new Authorities("")) {
            @Override
            public String terms(String directory) {
                return terms;
            }
        };
    }
}
