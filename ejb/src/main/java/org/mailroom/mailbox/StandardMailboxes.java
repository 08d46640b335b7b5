package org.mailroom.mailbox;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mailroom.contract.AccountId;

/** The mailboxes with which an account begins (RFC 6154), all of them subscribed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class StandardMailboxes {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public StandardMailboxes() {}

    StandardMailboxes(DataSource database) {
        this.database = database;
    }

    /** Makes those that are missing, in the transaction that makes the account. */
    public void create(AccountId account) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        WITH standard (name, special_use) AS (VALUES ('INBOX', NULL), ('Sent', '\\Sent'),
                            ('Drafts', '\\Drafts'), ('Junk', '\\Junk'), ('Trash', '\\Trash'), ('Archive', '\\Archive')),
                        box AS (
                            INSERT INTO mailbox (account_id, name, special_use, uid_validity)
                            SELECT ?, name, special_use, nextval('uid_validity') FROM standard
                            ON CONFLICT (account_id, name) DO NOTHING)
                        INSERT INTO subscription (account_id, name) SELECT ?, name FROM standard
                        ON CONFLICT DO NOTHING""")) {
            insert.setLong(1, account.value());
            insert.setLong(2, account.value());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the mailboxes of the account were not made", e);
        }
    }
}
