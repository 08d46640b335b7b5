package org.mailroom.maildrop;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.Expunges;
import org.mailroom.mailbox.Work;

/** Some messages of one INBOX whose time is over, in a transaction of its own. */
@Stateless
public class ExpiryBatch {
    /** As the trace names it. */
    static final String RULE = "pop-policy";

    private static final int BATCH = 500;

    private static final String ARRIVED = """
            SELECT uid FROM (SELECT uid, saved FROM mailbox_entry WHERE mailbox_id = ? ORDER BY uid LIMIT ?) oldest
            WHERE saved < now() - ? * interval '1 day' ORDER BY uid""";

    private static final String FETCHED = """
            SELECT f.uid FROM pop_fetched f JOIN mailbox_entry e USING (mailbox_id, uid)
            WHERE f.mailbox_id = ? AND f.fetched < now() - ? * interval '1 day' ORDER BY f.uid LIMIT ?""";

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Expunges expunges;

    public ExpiryBatch() {}

    ExpiryBatch(DataSource database, Expunges expunges) {
        this.database = database;
        this.expunges = expunges;
    }

    /** How many were removed; 0 when nothing is due any more. */
    public long remove(MaildropExpiry.Due due) throws MailException {
        var uids = Work.with(database, connection -> due(connection, due));
        return uids.isEmpty()
                ? 0
                : expunges.expire(due.mailbox(), due.account(), uids, RULE, why(due.expire()))
                        .size();
    }

    /** Which policy it was, for the trace. */
    static String why(Expire expire) {
        return "expire=" + expire;
    }

    private static UidSet due(Connection connection, MaildropExpiry.Due due) throws SQLException {
        boolean arrived = due.expire().kind() == Expire.Kind.AFTER_ARRIVAL;
        try (var query = connection.prepareStatement(arrived ? ARRIVED : FETCHED)) {
            query.setLong(1, due.mailbox());
            query.setInt(arrived ? 2 : 3, BATCH);
            query.setInt(arrived ? 3 : 2, due.expire().days());
            var uids = LongStream.builder();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    uids.add(rows.getLong(1));
                }
            }
            return UidSet.of(uids.build().toArray());
        }
    }
}
