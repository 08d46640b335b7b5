package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.imap.ACL;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.Rights;
import org.junit.jupiter.api.Test;
import org.mailroom.system.MailClient.Security;

/** Mailboxes that several people see, with a mail program of each. */
class SharedMailboxIT {
    private final Mailroom server = Mailroom.server();

    private static IMAPFolder folder(Store store, String name) throws MessagingException {
        return (IMAPFolder) store.getFolder(name);
    }

    private static List<String> names(Folder[] folders) {
        return Arrays.stream(folders).map(Folder::getFullName).toList();
    }

    @Test
    void a_user_shares_a_mailbox_and_each_reads_for_himself() throws Exception {
        var alice = new MailClient(server.account("sharing-alice"));
        var bob = new MailClient(server.account("sharing-bob"));
        alice.submit(
                Security.NONE, "sharing-alice@here.test", "From: sharing-alice@here.test\r\nSubject: a\r\n\r\na\r\n");
        try (var hers = alice.imap(Security.NONE);
                var his = bob.imap(Security.NONE)) {
            var name = "#user/sharing-alice@here.test";
            assertThatThrownBy(() -> folder(his, name).open(Folder.READ_ONLY)).isInstanceOf(MessagingException.class);
            // Without "i" it would be read-only, as what he has seen is his own (RFC 4314 §5.2); Angus Mail takes that
            // at its word.
            folder(hers, "INBOX").addACL(new ACL("sharing-bob@here.test", new Rights("lrsi")));
            assertThat(names(his.getUserNamespaces("sharing-alice@here.test"))).containsExactly(name);
            assertThat(names(his.getDefaultFolder().list("#user/*"))).contains(name);
            var shared = folder(his, name);
            assertThat(shared.myRights()).isEqualTo(new Rights("lrsi"));
            shared.open(Folder.READ_WRITE);
            shared.getMessage(1).setFlag(Flag.SEEN, true);
            assertThat(shared.getUnreadMessageCount()).isZero();
            assertThatThrownBy(() -> shared.getMessage(1).setFlag(Flag.FLAGGED, true))
                    .isInstanceOf(MessagingException.class);
            shared.close(false);
            assertThat(folder(hers, "INBOX").getUnreadMessageCount()).isEqualTo(1);
            folder(hers, "INBOX").removeACL("sharing-bob@here.test");
            assertThat(names(his.getDefaultFolder().list("#user/*"))).doesNotContain(name);
        }
    }

    @Test
    void a_shared_mailbox_takes_mail_and_its_members_read_and_write_in_its_name() throws Exception {
        var carl = new MailClient(server.account("shared-carl"));
        var dora = new MailClient(server.account("shared-dora"));
        server.account("shared-eve");
        var info = "shared-info@here.test";
        server.run("shared", "add", info, "--name", "Information");
        server.run("shared", "grant", info, "shared-carl@here.test", "--rights", "work", "--sends", "as");
        server.run("shared", "grant", info, "shared-dora@here.test", "--rights", "read", "--sends", "on-behalf");
        assertThat(server.run("shared", "list")).contains(info, "shared-dora@here.test (read; sends: on-behalf)");
        dora.submit(Security.NONE, info, "From: shared-dora@here.test\r\nSubject: question\r\n\r\n?\r\n");
        try (var store = carl.imap(Security.NONE)) {
            assertThat(names(store.getSharedNamespaces())).hasSize(1);
            var inbox = folder(store, "#shared/" + info);
            inbox.open(Folder.READ_WRITE);
            assertThat(inbox.getMessage(1).getSubject()).isEqualTo("question");
            inbox.copyMessages(inbox.getMessages(), store.getFolder("#shared/" + info + "/Archive"));
            inbox.getMessage(1).setFlag(Flag.DELETED, true);
            inbox.close(true);
            assertThat(folder(store, "#shared/" + info + "/Archive").getMessageCount())
                    .isEqualTo(1);
        }
        carl.submit(Security.NONE, "shared-eve@here.test", "From: " + info + "\r\nSubject: as\r\n\r\n!\r\n");
        dora.submit(Security.NONE, "shared-eve@here.test", "From: " + info + "\r\nSubject: for\r\n\r\n!\r\n");
        var eve = new MailClient("shared-eve@here.test");
        assertThatThrownBy(() -> eve.submit(
                        Security.NONE, "shared-carl@here.test", "From: " + info + "\r\nSubject: no\r\n\r\n!\r\n"))
                .isInstanceOf(MessagingException.class);
        try (var store = eve.imap(Security.NONE);
                var inbox = MailClient.inbox(store)) {
            assertThat(inbox.getMessage(1).getHeader("Sender")).isNull();
            assertThat(inbox.getMessage(2).getHeader("Sender")).containsExactly("shared-dora@here.test");
            assertThatThrownBy(() -> folder(store, "#shared/" + info).open(Folder.READ_ONLY))
                    .isInstanceOf(MessagingException.class);
        }
        assertThat(server.execute("shared", "remove", info).code()).isNotZero();
        server.run("shared", "revoke", info, "shared-dora@here.test");
    }
}
