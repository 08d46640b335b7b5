package org.mailroom.mailbox;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.TestDatabase;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.MailStore.Appended;
import org.mailroom.contract.store.MailStore.Copied;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.contract.store.UidSet;
import org.mailroom.message.MessageParser;
import org.mailroom.message.TestMessages;

/** The beans of the store on a real database, each call in the transaction that the container would give it. */
public final class TestStore {
    private final DataSource server;
    public final TestTransactions transactions;
    public final MailboxViews views;
    public final MailboxWatchers watchers;
    public final Mailboxes mailboxes;
    public final FlagChanges flags;
    public final Copies copies;
    public final Expunges expunges;
    public final Appends appends;
    public final Quotas quotas;
    public final Acls acls;
    public final Annotations annotations;
    private final LocalDelivery delivery;
    private final CommitEvents events;

    public TestStore() {
        server = TestDatabase.fresh();
        transactions = new TestTransactions(server);
        views = new MailboxViews(transactions, 64 << 20);
        watchers = new MailboxWatchers(views);
        events = new CommitEvents(transactions, watchers::committed);
        quotas = new Quotas(transactions);
        delivery = new LocalDelivery(transactions, events);
        mailboxes = mailboxes();
        flags = flags();
        copies = copies();
        expunges = expunges();
        appends = appends();
        acls = acls();
        annotations = annotations();
        sql("INSERT INTO domain (name) VALUES ('here.example')");
    }

    public AccountId account(String localPart) {
        long id = number(
                "INSERT INTO account (domain_id, local_part) SELECT id, '" + localPart + "' FROM domain RETURNING id");
        try {
            return transactions.required(() -> {
                new StandardMailboxes(transactions).create(new AccountId(id));
                return new AccountId(id);
            });
        } catch (MailException e) {
            throw new IllegalStateException(e);
        }
    }

    public long mailbox(AccountId account, String name) throws MailException {
        return mailboxes.find(account, name).id();
    }

    public static Actor actor(AccountId account) {
        return new Actor(account, Protocol.IMAP, "s1");
    }

    /** The way of an owner into his mailbox. */
    public Access own(AccountId account, long mailbox) {
        return Access.own(mailbox, actor(account));
    }

    public Access own(AccountId account, String name) throws MailException {
        return own(account, mailboxes.id(account, name));
    }

    /** Likewise of mail that the trace does not know. */
    public void deliver(String text, AccountId... recipients) throws MailException {
        deliver(null, text, recipients);
    }

    /** As mail comes in: kept once, delivered to all, in one transaction. */
    public void deliver(@Nullable String queueId, String text, AccountId... recipients) throws MailException {
        var source = MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var parsed = MessageParser.parse(source);
        transactions.required(() -> {
            long message = TestMessages.on(transactions).keep(queueId, parsed, source);
            delivery.deliver(message, parsed.size(), Instant.now(), Set.of(recipients));
            return message;
        });
    }

    /** The same with what a policy took for junk. */
    public void deliverJunk(String text, AccountId... recipients) throws MailException {
        var source = MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var parsed = MessageParser.parse(source);
        transactions.required(() -> {
            long message = TestMessages.on(transactions).keep(null, parsed, source);
            delivery.deliverJunk(message, parsed.size(), Instant.now(), Set.of(recipients));
            return message;
        });
    }

    /** As the nightly job does it. */
    public void pruneExpunged(int kept) throws SQLException {
        new ExpungedLog(server).prune(kept);
    }

    public void fillInSorting() throws SQLException {
        TestMessages.fillInSorting(server);
    }

    /** What expunges where this node hears nothing of it. */
    public Expunges otherNode() {
        var silent = new CommitEvents(transactions, change -> {});
        return new Expunges(transactions, silent) {
            @Override
            public UidSet expunge(Access access, UidSet uids, boolean onlyDeleted) throws MailException {
                return transactions.required(() -> super.expunge(access, uids, onlyDeleted));
            }
        };
    }

    /** Fails where a counter is not what counting says, or a UID is used twice. */
    public void recount() {
        var wrong = number("""
                SELECT count(*) FROM mailbox m LEFT JOIN (
                    SELECT mailbox_id, count(*) n, count(*) FILTER (WHERE flags & 1 = 0) unseen, sum(size) octets,
                        max(uid) last_uid, max(modseq) last_modseq
                    FROM mailbox_entry GROUP BY mailbox_id) e ON e.mailbox_id = m.id
                WHERE (m.messages, m.unseen, m.octets)
                    IS DISTINCT FROM (coalesce(e.n, 0), coalesce(e.unseen, 0), coalesce(e.octets, 0))
                OR e.last_uid >= m.uid_next OR e.last_modseq > m.modseq""");
        var twice = number("SELECT count(*) FROM expunged x JOIN mailbox_entry e USING (mailbox_id, uid)");
        if (wrong + twice > 0) {
            throw new AssertionError(wrong + " mailboxes with wrong counters, " + twice + " UIDs used twice");
        }
    }

    public long number(String sql) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> texts(String sql) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void sql(String sql) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mailboxes of an account with what lies in them, for comparison. */
    public TreeMap<String, Long> messages(AccountId account) throws MailException {
        var messages = new TreeMap<String, Long>();
        for (var mailbox : mailboxes.all(account)) {
            messages.put(mailbox.name(), mailbox.messages());
        }
        return messages;
    }

    private Mailboxes mailboxes() {
        return new Mailboxes(transactions, events) {
            @Override
            public MailboxInfo create(AccountId account, String name, @Nullable String use, boolean another)
                    throws MailException {
                return transactions.required(() -> super.create(account, name, use, another));
            }

            @Override
            public void delete(Actor by, AccountId account, String name) throws MailException {
                transactions.required(() -> {
                    super.delete(by, account, name);
                    return true;
                });
            }

            @Override
            public void rename(Actor by, AccountId account, String from, String to) throws MailException {
                transactions.required(() -> {
                    super.rename(by, account, from, to);
                    return true;
                });
            }

            @Override
            public void subscribe(AccountId account, String name, boolean subscribed) throws MailException {
                transactions.required(() -> {
                    super.subscribe(account, name, subscribed);
                    return true;
                });
            }

            @Override
            public long claimRecent(long mailbox, long uidNext) throws MailException {
                return transactions.required(() -> super.claimRecent(mailbox, uidNext));
            }
        };
    }

    private FlagChanges flags() {
        return new FlagChanges(transactions, events) {
            @Override
            public Changed change(Access access, UidSet uids, FlagChange change, long since) throws MailException {
                return transactions.required(() -> super.change(access, uids, change, since));
            }
        };
    }

    private Copies copies() {
        return new Copies(transactions, events) {
            @Override
            public Copied copy(Access source, UidSet uids, Access target, boolean move, long least)
                    throws MailException {
                return transactions.required(() -> super.copy(source, uids, target, move, least));
            }
        };
    }

    private Expunges expunges() {
        return new Expunges(transactions, events) {
            @Override
            public UidSet expunge(Access access, UidSet uids, boolean onlyDeleted) throws MailException {
                return transactions.required(() -> super.expunge(access, uids, onlyDeleted));
            }

            @Override
            public UidSet expire(long mailbox, AccountId owner, UidSet uids, String rule, String why)
                    throws MailException {
                return transactions.required(() -> super.expire(mailbox, owner, uids, rule, why));
            }
        };
    }

    private Annotations annotations() {
        return new Annotations(transactions, events) {
            @Override
            public void write(AccountId account, @Nullable Long mailbox, AccountId owner, List<Annotation> changes)
                    throws MailException {
                transactions.required(() -> {
                    super.write(account, mailbox, owner, changes);
                    return true;
                });
            }
        };
    }

    private Acls acls() {
        return new Acls(transactions, events) {
            @Override
            public void change(Access access, Acl.Grantee to, boolean negative, RightsChange change)
                    throws MailException {
                transactions.required(() -> {
                    super.change(access, to, negative, change);
                    return true;
                });
            }
        };
    }

    private Appends appends() {
        return new Appends(transactions, events, TestMessages.on(transactions)) {
            @Override
            public Appended append(Access access, List<Fresh> fresh) throws MailException {
                return transactions.required(() -> super.append(access, fresh));
            }

            @Override
            public Appended replace(Access source, long uid, Access target, Fresh fresh) throws MailException {
                return transactions.required(() -> super.replace(source, uid, target, fresh));
            }
        };
    }
}
