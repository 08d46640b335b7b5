package org.mailroom.mailbox;

import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.mailroom.contract.store.MailboxView;

/** Opens the reading of views to others: as when a node is asked for a mailbox for the first time. */
public final class FreshViews {
    private FreshViews() {}

    public static MailboxView read(DataSource database, long mailbox) throws SQLException {
        return Objects.requireNonNull(new ViewQuery(database).refresh(mailbox, null))
                .view();
    }
}
