package org.mailroom.message;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens this package's beans to tests of others. */
public final class TestMessages {
    private TestMessages() {}

    public static Messages on(DataSource database) {
        return new Messages(database);
    }

    /** As the job does it. */
    public static void fillInSorting(DataSource database) throws SQLException {
        new SortingBackfill(database).batch();
    }
}
