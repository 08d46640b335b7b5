package org.mailroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mailroom.TestHouse;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Annotation;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.Annotated;
import org.mailroom.contract.store.MailStore.NewMessage;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;
import org.mailroom.directory.Directory;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.mailbox.TestStore;

/** RFC 4314 on the database: who sees and changes what in mailboxes that are not his. */
class SharingTest {
    private static final String TEXT = "Subject: s\r\n\r\nhello\r\n";
    private static final String INBOX = "#user/alice@here.example";

    private final TestStore house = new TestStore();
    private final Directory directory = new TestHouse(house.transactions).bean(Directory.class);
    private final MailStore store = TestEndpoint.over(house, directory);
    private final Actor alice = new Actor(house.account("alice"), Protocol.IMAP, "s1");
    private final Actor bob = new Actor(house.account("bob"), Protocol.IMAP, "s2");
    private final Actor eve = new Actor(house.account("eve"), Protocol.IMAP, "s3");

    private void share(String mailbox, String identifier, String rights) throws MailException {
        var change =
                new RightsChange(RightsChange.Mode.REPLACE, Rights.parse(rights).orElseThrow());
        store.changeRights(alice, mailbox, identifier, change);
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static FlagChange add(long system, String... keywords) {
        return new FlagChange(Mode.ADD, system, List.of(keywords));
    }

    private MailboxView open(Actor actor, String name) throws MailException {
        return store.open(actor, name, false).view();
    }

    private static TreeMap<Long, Long> flags(MailboxView view) {
        return view.uids().stream()
                .boxed()
                .collect(Collectors.toMap(
                        Function.identity(), uid -> view.flags(view.sequence(uid)), (a, b) -> a, TreeMap::new));
    }

    private void deliver(int count) throws MailException {
        for (int i = 0; i < count; i++) {
            house.deliver(TEXT, alice.account());
        }
    }

    private List<String> names(Actor actor) {
        return store.mailboxes(actor).stream()
                .map(MailboxInfo::name)
                .filter(name -> name.startsWith("#"))
                .toList();
    }

    @Test
    void what_is_not_shared_is_not_there() throws Exception {
        long inbox = house.mailbox(alice.account(), "INBOX");
        refused(Reason.NO_SUCH_MAILBOX, () -> open(bob, INBOX));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.mailbox(bob, INBOX));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.view(bob, inbox));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.rows(bob, inbox, UidSet.ALL, Set.of(), 1000));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.search(bob, inbox, new SearchKey.All()));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.store(bob, inbox, UidSet.ALL, add(Flags.SEEN), Long.MAX_VALUE));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.copy(bob, inbox, UidSet.ALL, "INBOX", false, 0));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.expunge(bob, inbox, UidSet.ALL, false));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.delete(bob, INBOX + "/Sent"));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.create(bob, INBOX + "/new", null));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.create(bob, "#user", null));
        refused(Reason.NO_SUCH_MAILBOX, () -> store.acl(bob, INBOX));
        assertThat(names(bob)).isEmpty();
    }

    @Test
    void a_shared_mailbox_is_listed_opened_and_closed_again() throws Exception {
        deliver(2);
        share("INBOX", "bob@here.example", "lrs");
        assertThat(names(bob)).containsExactly(INBOX);
        assertThat(names(eve)).isEmpty();
        var view = open(bob, INBOX);
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.rights()).hasToString("lrs");
        assertThat(store.view(bob, view.mailbox())).isSameAs(view);
        assertThat(store.rows(bob, view.mailbox(), UidSet.ALL, Set.of(), 1000)).hasSize(2);
        share("INBOX", "bob@here.example", "l");
        refused(Reason.NOT_PERMITTED, () -> store.view(bob, view.mailbox()));
        assertThat(names(bob)).containsExactly(INBOX);
        share("INBOX", "bob@here.example", "");
        refused(Reason.NO_SUCH_MAILBOX, () -> store.view(bob, view.mailbox()));
    }

    @Test
    void each_has_seen_what_he_has_seen() throws Exception {
        deliver(4);
        share("INBOX", "bob@here.example", "lrsw");
        long inbox = open(bob, INBOX).mailbox();
        long before = store.view(bob, inbox).modseq();
        var stored = store.store(bob, inbox, UidSet.of(1, 2), add(Flags.SEEN | Flags.FLAGGED, "$x"), Long.MAX_VALUE);
        assertThat(stored.changed()).isEqualTo(UidSet.of(1, 2));
        assertThat(stored.view().modseq()).isGreaterThan(before);
        long others = Flags.FLAGGED | Flags.keyword(0);
        assertThat(flags(stored.view())).containsValues(others | Flags.SEEN).containsEntry(3L, 0L);
        assertThat(flags(open(alice, "INBOX"))).containsEntry(1L, others).containsEntry(3L, 0L);
        store.store(alice, inbox, UidSet.of(3), add(Flags.SEEN), Long.MAX_VALUE);
        assertThat(store.view(bob, inbox).select(Flags.SEEN, Flags.SEEN)).isEqualTo(UidSet.of(1, 2));
        assertThat(store.search(bob, inbox, new SearchKey.SystemFlag(Flags.SEEN, false)))
                .isEqualTo(UidSet.of(3, 4));
        assertThat(store.mailbox(alice, "INBOX").unseen()).isEqualTo(3);
        // what has not changed since, and what is taken back
        long modseq = store.view(bob, inbox).modseq();
        var remove = new FlagChange(Mode.REMOVE, Flags.SEEN, List.of());
        assertThat(store.store(bob, inbox, UidSet.of(1), remove, modseq).changed())
                .isEqualTo(UidSet.of(1));
        assertThat(store.store(bob, inbox, UidSet.of(1), add(Flags.SEEN), modseq)
                        .modified())
                .isEqualTo(UidSet.of(1));
        var replace = new FlagChange(Mode.REPLACE, Flags.SEEN, List.of());
        store.store(bob, inbox, UidSet.ALL, replace, Long.MAX_VALUE);
        assertThat(store.view(bob, inbox).count(Flags.SEEN, Flags.SEEN)).isEqualTo(4);
        assertThat(flags(open(alice, "INBOX"))).containsEntry(1L, 0L).containsEntry(3L, Flags.SEEN);
        house.recount();
    }

    @Test
    void two_views_of_one_mailbox_share_their_pages_and_tell_their_differences() throws Exception {
        deliver(3);
        share("INBOX", "bob@here.example", "lrs");
        var before = open(bob, INBOX);
        var after = store.store(bob, before.mailbox(), UidSet.of(2), add(Flags.SEEN), Long.MAX_VALUE)
                .view();
        var changes = before.changesTo(after);
        assertThat(changes.changed()).isEqualTo(UidSet.of(2));
        assertThat(changes.expunged()).isEqualTo(UidSet.EMPTY);
        deliver(1);
        assertThat(after.changesTo(store.view(bob, before.mailbox())).added()).isEqualTo(1);
    }

    @Test
    void flags_that_may_not_be_set_stay_as_they_are() throws Exception {
        deliver(1);
        share("INBOX", "bob@here.example", "lrt");
        long inbox = open(bob, INBOX).mailbox();
        store.store(alice, inbox, UidSet.of(1), add(Flags.SEEN | Flags.ANSWERED), Long.MAX_VALUE);
        var replace = new FlagChange(Mode.REPLACE, Flags.DELETED | Flags.DRAFT | Flags.SEEN, List.of("$new"));
        store.store(bob, inbox, UidSet.ALL, replace, Long.MAX_VALUE);
        assertThat(flags(open(alice, "INBOX"))).containsEntry(1L, Flags.SEEN | Flags.ANSWERED | Flags.DELETED);
        assertThat(flags(store.view(bob, inbox))).containsEntry(1L, Flags.ANSWERED | Flags.DELETED);
        assertThat(store.view(alice, inbox).keywords()).isEmpty();
        refused(Reason.NOT_PERMITTED, () -> store.store(bob, inbox, UidSet.ALL, add(Flags.DRAFT), Long.MAX_VALUE));
        refused(Reason.NOT_PERMITTED, () -> store.expunge(bob, inbox, UidSet.ALL, true));
    }

    @Test
    void a_copy_keeps_what_he_who_copies_had_seen() throws Exception {
        deliver(3);
        share("INBOX", "bob@here.example", "lrswite");
        share("Archive", "bob@here.example", "lrsi");
        long inbox = open(bob, INBOX).mailbox();
        store.store(alice, inbox, UidSet.of(1), add(Flags.SEEN), Long.MAX_VALUE);
        store.store(bob, inbox, UidSet.of(2), add(Flags.SEEN | Flags.FLAGGED), Long.MAX_VALUE);
        // to his own
        store.copy(bob, inbox, UidSet.ALL, "Archive", false, 0);
        assertThat(flags(open(bob, "Archive")))
                .isEqualTo(new TreeMap<>(java.util.Map.of(1L, 0L, 2L, Flags.SEEN | Flags.FLAGGED, 3L, 0L)));
        // from his own: the owner has not seen it
        long own = house.mailbox(bob.account(), "Archive");
        store.copy(bob, own, UidSet.of(2), INBOX + "/Archive", false, 0);
        assertThat(flags(open(bob, INBOX + "/Archive"))).containsEntry(1L, Flags.SEEN);
        assertThat(flags(open(alice, "Archive"))).containsEntry(1L, 0L);
        // within the owner's: each his own
        store.copy(bob, inbox, UidSet.of(1, 2), INBOX + "/Archive", true, 0);
        assertThat(flags(open(bob, INBOX + "/Archive"))).containsEntry(2L, 0L).containsEntry(3L, Flags.SEEN);
        assertThat(flags(open(alice, "Archive"))).containsEntry(2L, Flags.SEEN).containsEntry(3L, 0L);
        refused(
                Reason.NOT_PERMITTED,
                () -> store.copy(bob, house.mailbox(alice.account(), "Archive"), UidSet.ALL, "INBOX", true, 0));
        house.recount();
    }

    @Test
    void what_is_added_has_the_flags_that_may_be_set_and_needs_the_owners_room() throws Exception {
        share("INBOX", "bob@here.example", "lrsi");
        var flags = new FlagChange(Mode.REPLACE, Flags.SEEN | Flags.DELETED, List.of("$k"));
        var message = new NewMessage(flags, null, MessageSource.of(TEXT.getBytes(StandardCharsets.US_ASCII)));
        store.append(bob, INBOX, List.of(message));
        assertThat(flags(open(alice, "INBOX"))).containsEntry(1L, 0L);
        assertThat(flags(open(bob, INBOX))).containsEntry(1L, Flags.SEEN);
        house.sql("UPDATE account SET quota_messages = 1 WHERE id = "
                + alice.account().value());
        refused(Reason.OVER_QUOTA, () -> store.append(bob, INBOX, List.of(message)));
        assertThat(store.quota(bob, INBOX).messageLimit()).isEqualTo(1);
        house.recount();
    }

    @Test
    void groups_have_rights_with_all_their_members_and_negative_entries_take_them() throws Exception {
        house.sql("""
                INSERT INTO mail_group (domain_id, local_part) SELECT id, unnest(ARRAY['team', 'all']) FROM domain;
                INSERT INTO group_member (group_id, address) SELECT id, 'Bob@here.example' FROM mail_group WHERE local_part = 'team';
                INSERT INTO group_member (group_id, address) SELECT id, 'team@here.example' FROM mail_group WHERE local_part = 'all';
                INSERT INTO group_member (group_id, address) SELECT id, 'all@here.example' FROM mail_group WHERE local_part = 'team'
                """);
        share("INBOX", "all@here.example", "lrw");
        share("INBOX", "anyone", "lp");
        share("INBOX", "-bob@here.example", "w");
        assertThat(store.mailbox(bob, INBOX).rights()).hasToString("lrp");
        assertThat(store.mailbox(eve, INBOX).rights()).hasToString("lp");
        assertThat(names(bob)).containsExactly(INBOX);
        assertThat(store.acl(alice, "INBOX").toString())
                .isEqualTo("[AclEntry[identifier=alice@here.example, rights=lrswipkxtecda],"
                        + " AclEntry[identifier=all@here.example, rights=lrw], AclEntry[identifier=anyone, rights=lp],"
                        + " AclEntry[identifier=-bob@here.example, rights=w]]");
        house.sql("DELETE FROM group_member WHERE address LIKE 'Bob%'");
        directory.changed(new DirectoryChanged());
        assertThat(store.mailbox(bob, INBOX).rights()).hasToString("lp");
        refused(Reason.BAD_NAME, () -> share("INBOX", "nobody@here.example", "l"));
        refused(Reason.BAD_NAME, () -> share("INBOX", "alice@here.example", "l"));
    }

    /** RFC 5464. */
    @Test
    void annotations_are_of_one_or_of_all() throws Exception {
        share("INBOX", "bob@here.example", "lrw");
        var text = TEXT.getBytes(StandardCharsets.US_ASCII);
        var all = List.of("/private", "/shared");
        store.annotate(alice, "INBOX", List.of(new Annotation("/private/comment", text)));
        store.annotate(
                bob, INBOX, List.of(new Annotation("/shared/comment", text), new Annotation("/private/a/b", text)));
        assertThat(store.annotations(alice, "INBOX", all))
                .extracting(Annotation::entry)
                .containsExactly("/private/comment", "/shared/comment");
        assertThat(store.annotations(bob, INBOX, all))
                .extracting(Annotation::entry)
                .containsExactly("/private/a/b", "/shared/comment");
        assertThat(store.annotations(bob, INBOX, List.of("/private/a"))).hasSize(1);
        share("INBOX", "bob@here.example", "lr");
        refused(
                Reason.NOT_PERMITTED,
                () -> store.annotate(bob, INBOX, List.of(new Annotation("/shared/comment", null))));
        store.annotate(bob, INBOX, List.of(new Annotation("/private/a/b", null)));
        assertThat(store.annotations(bob, INBOX, all)).hasSize(1);
        share("INBOX", "bob@here.example", "l");
        refused(Reason.NOT_PERMITTED, () -> store.annotations(bob, INBOX, all));
        store.annotate(bob, "", List.of(new Annotation("/private/vendor/x/y", text)));
        assertThat(store.annotations(bob, "", all))
                .extracting(Annotation::entry)
                .containsExactly("/private/vendor/x/y", "/shared/admin");
        assertThat(store.annotations(alice, "", List.of("/shared/admin"))).hasSize(1);
        refused(Reason.NOT_PERMITTED, () -> store.annotate(bob, "", List.of(new Annotation("/shared/comment", text))));
        store.rename(alice, "INBOX", "Old");
        assertThat(store.annotations(alice, "Old", List.of("/shared/comment"))).hasSize(1);
        assertThat(store.annotations(alice, "INBOX", List.of("/shared/comment")))
                .hasSize(1);
        var many = java.util.stream.IntStream.range(0, 101)
                .mapToObj(i -> new Annotation("/private/" + i, text))
                .toList();
        refused(Reason.LIMIT, () -> store.annotate(alice, "Sent", many));
        assertThat(store.annotations(alice, "Sent", all)).isEmpty();
    }

    /** RFC 5465 §5.6: for NOTIFY, which compares two looks. */
    @Test
    void annotations_that_may_be_read_are_told_by_digest() throws Exception {
        share("INBOX", "bob@here.example", "lrw");
        share("Sent", "bob@here.example", "l");
        var heard = new ArrayList<Long>();
        store.watchNames(bob, heard::add);
        store.watch(store.mailbox(bob, INBOX).id(), heard::add);
        var one = "one".getBytes(StandardCharsets.US_ASCII);
        var both = List.of(new Annotation("/private/comment", one), new Annotation("/shared/comment", one));
        store.annotate(alice, "INBOX", both);
        assertThat(heard)
                .as("of what is shared")
                .containsExactly(store.mailbox(alice, "INBOX").id());
        store.annotate(alice, "Sent", both);
        store.annotate(bob, "", both.subList(0, 1));
        assertThat(heard).as("his own").hasSize(2).contains(-bob.account().value());
        var before = store.annotated(bob);
        assertThat(before).extracting(Annotated::entry).containsExactly("/private/comment", "/shared/comment");
        assertThat(before.getFirst().mailbox()).isEqualTo(Annotated.OF_SERVER);
        assertThat(store.annotated(alice)).hasSize(4);
        var other = "two".getBytes(StandardCharsets.US_ASCII);
        store.annotate(bob, INBOX, List.of(new Annotation("/shared/comment", other)));
        assertThat(store.annotated(bob).getLast().digest())
                .isNotEqualTo(before.getLast().digest());
        store.annotate(bob, INBOX, List.of(new Annotation("/shared/comment", null)));
        assertThat(store.annotated(bob)).hasSize(1);
    }

    @Test
    void a_new_mailbox_has_the_rights_of_the_one_above_it() throws Exception {
        share("INBOX", "bob@here.example", "lrk");
        store.create(bob, INBOX + "/Projects/X", null);
        assertThat(names(bob)).containsExactly(INBOX, INBOX + "/Projects", INBOX + "/Projects/X");
        // the owner's own are not shared because his INBOX is; below what is shared they are
        store.create(alice, "Private", null);
        store.create(alice, "Projects/Y", null);
        assertThat(names(bob)).doesNotContain(INBOX + "/Private").contains(INBOX + "/Projects/Y");
        refused(Reason.NOT_PERMITTED, () -> store.delete(bob, INBOX + "/Projects/X"));
        share("Projects/X", "bob@here.example", "lrkx");
        refused(Reason.BAD_NAME, () -> store.rename(bob, INBOX + "/Projects/X", "mine"));
        store.rename(bob, INBOX + "/Projects/X", INBOX + "/Projects/Z");
        assertThat(store.mailbox(bob, INBOX + "/Projects/Z").rights()).hasToString("lrkxc");
        store.delete(bob, INBOX + "/Projects/Z");
        assertThat(house.number("SELECT count(*) FROM mailbox_right")).isEqualTo(3);
    }
}
