package org.mailroom.bench;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;
import org.mailroom.mailbox.MailboxEntry;
import org.mailroom.message.ParsedMessage;

/**
 * The hot paths as JPA would have them: the same rows and the same lock, by entities. With what the provider has to offer:
 * ids in advance, batches, and no change tracking where nothing is written.
 */
final class EntityPaths {
    private final EntityManagerFactory factory;

    EntityPaths(DataSource database) {
        factory = new PersistenceConfiguration("bench")
                .managedClass(KeptMessage.class)
                .managedClass(Box.class)
                .managedClass(Entry.class)
                .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
                .property("jakarta.persistence.nonJtaDataSource", database)
                .property("jakarta.persistence.sharedCache.mode", "NONE")
                .property("eclipselink.target-database", "PostgreSQL")
                .property("eclipselink.jdbc.batch-writing", "JDBC")
                .property("eclipselink.jdbc.batch-writing.size", "1000")
                .property("eclipselink.weaving", "false")
                .property("eclipselink.logging.level", "WARNING")
                .createEntityManagerFactory();
    }

    void deliver(ParsedMessage parsed, byte[] octets, byte[] parts, List<AccountId> recipients) {
        transaction(entities -> {
            var message = new KeptMessage(parsed, octets, parts);
            entities.persist(message);
            // Before the mailboxes are locked, as the order of locks asks.
            entities.flush();
            var boxes = entities.createQuery(
                            "SELECT b FROM Box b WHERE b.account IN :accounts AND b.name = 'INBOX' ORDER BY b.id",
                            Box.class)
                    .setParameter(
                            "accounts",
                            recipients.stream().map(AccountId::value).toList())
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList();
            for (var box : boxes) {
                entities.persist(box.take(message));
            }
            return boxes.size();
        });
    }

    void flag(long mailbox, long first, long last, boolean set) {
        transaction(entities -> {
            var box = entities.find(Box.class, mailbox, LockModeType.PESSIMISTIC_WRITE);
            box.modseq++;
            var entries = entities.createQuery(
                            "SELECT e FROM Entry e WHERE e.mailbox = :mailbox AND e.uid BETWEEN :first AND :last",
                            Entry.class)
                    .setParameter("mailbox", mailbox)
                    .setParameter("first", first)
                    .setParameter("last", last)
                    .getResultList();
            for (var entry : entries) {
                entry.flags = set ? entry.flags | Flags.FLAGGED : entry.flags & ~Flags.FLAGGED;
                entry.modseq = box.modseq;
            }
            return entries.size();
        });
    }

    MailboxView view(long mailbox) {
        return transaction(entities -> {
            var box = entities.find(Box.class, mailbox);
            var rows = entities.createQuery(
                            "SELECT e FROM Entry e WHERE e.mailbox = :mailbox ORDER BY e.uid", Entry.class)
                    .setParameter("mailbox", mailbox)
                    .setHint("eclipselink.read-only", "true")
                    .getResultList();
            var entries = new ArrayList<MailboxView.Entry>(rows.size());
            for (var row : rows) {
                entries.add(new MailboxView.Entry(row.uid, row.flags, row.modseq, row.size));
            }
            return MailboxView.empty(mailbox, box.uidValidity)
                    .with(entries, UidSet.EMPTY, box.uidNext, box.modseq, List.of());
        });
    }

    private <T> T transaction(Function<EntityManager, T> work) {
        try (var entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            var result = work.apply(entities);
            entities.getTransaction().commit();
            return result;
        }
    }

    /** A message with all of its columns. */
    @Entity(name = "KeptMessage")
    @Table(name = "message")
    public static class KeptMessage {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "message")
        @SequenceGenerator(name = "message", sequenceName = "message_id_seq", allocationSize = HotPathBench.IDS)
        private long id;

        private OffsetDateTime received = OffsetDateTime.now();
        private long size;

        @Column(name = "header_size")
        private int headerSize;

        private @Nullable OffsetDateTime sent;

        @Column(name = "sent_offset")
        private @Nullable Integer sentOffset;

        @Column(name = "message_id")
        private @Nullable String messageId;

        private @Nullable String subject;
        private @Nullable String sender;

        @Column(name = "item_type")
        private String itemType = "mail";

        private byte[] envelope = {};

        @Column(name = "body_structure")
        private byte[] structure = {};

        private byte[] parts = {};
        private byte[] octets = {};

        protected KeptMessage() {}

        KeptMessage(ParsedMessage parsed, byte[] octets, byte[] parts) {
            size = parsed.size();
            headerSize = parsed.headerSize();
            sent = parsed.sent();
            sentOffset = sent == null ? null : sent.getOffset().getTotalSeconds() / 60;
            messageId = parsed.messageId();
            subject = parsed.subject();
            sender = parsed.from();
            envelope = parsed.envelope();
            structure = parsed.structure();
            this.parts = parts;
            this.octets = octets;
        }
    }

    /** A mailbox whose numbers can be changed. */
    @Entity(name = "Box")
    @Table(name = "mailbox")
    public static class Box {
        @Id
        private long id;

        @Column(name = "account_id")
        private long account;

        private String name = "";

        @Column(name = "uid_validity")
        private long uidValidity;

        @Column(name = "uid_next")
        private long uidNext;

        private long modseq;
        private long messages;
        private long unseen;
        private long octets;

        protected Box() {}

        Entry take(KeptMessage message) {
            modseq++;
            messages++;
            unseen++;
            octets += message.size;
            return new Entry(id, uidNext++, modseq, message);
        }
    }

    /** A message in a mailbox whose flags can be changed. */
    @Entity(name = "Entry")
    @Table(name = "mailbox_entry")
    @IdClass(MailboxEntry.Place.class)
    public static class Entry {
        @Id
        @Column(name = "mailbox_id")
        private long mailbox;

        @Id
        private long uid;

        @Column(name = "message_id")
        private long message;

        private long modseq;
        private long flags;

        @Column(name = "internal_date")
        private OffsetDateTime internalDate = OffsetDateTime.now();

        private OffsetDateTime saved = OffsetDateTime.now();
        private long size;

        protected Entry() {}

        Entry(long mailbox, long uid, long modseq, KeptMessage message) {
            this.mailbox = mailbox;
            this.uid = uid;
            this.modseq = modseq;
            this.message = message.id;
            this.size = message.size;
        }
    }
}
