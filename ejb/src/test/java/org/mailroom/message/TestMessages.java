package org.mailroom.message;

import javax.sql.DataSource;

/** Opens this package's beans to tests of others. */
public final class TestMessages {
    private TestMessages() {}

    public static Messages on(DataSource database) {
        return new Messages(database);
    }
}
