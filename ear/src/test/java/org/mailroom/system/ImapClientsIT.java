package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IMAP as the programs of others speak it; a program that is not installed is skipped, and the report says so. */
class ImapClientsIT {
    /** Of imapflow, from the registry of npm. */
    private static final String IMAPFLOW = "1.2.18";

    /** In the form in which a Maildir has them: lines end with LF. */
    private static final List<String> MESSAGES = List.of(
            "From: a@there.test\nSubject: one\n\nplain\n",
            "From: b@there.test\nSubject: two\n\nFrom the start\n.\n..\n.dots\n",
            "From: c@there.test\nSubject: \u00fc eight bit\nContent-Type: text/plain; charset=iso-8859-1\n"
                    + "Content-Transfer-Encoding: 8bit\n\n\u00e4\u00f6\u00fc\u00ff\n",
            "From: d@there.test\nSubject: parts\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\na\n--b\n\nb\n--b--\n",
            "From: e@there.test\nSubject: large\n\n" + ("x".repeat(76) + "\n").repeat(8000),
            "From: f@there.test\nSubject: trailing space  \n\n \n\t\n\n\n");

    private final Mailroom server = Mailroom.server();

    @TempDir
    private Path folder;

    @Test
    void mbsync_carries_octets_flags_and_folders_both_ways() throws Exception {
        var who = filled("mbsync");
        var maildir = Files.createDirectories(folder.resolve("mail"));
        var programs = new Programs(folder);
        var rc = programs.secret(
                "mbsyncrc", """
                IMAPAccount here
                Host 127.0.0.1
                Port %d
                User %s
                Pass %s
                SSLType None
                AuthMechs LOGIN

                IMAPStore far
                Account here

                MaildirStore near
                Path %s/
                Inbox %s/INBOX
                SubFolders Verbatim

                Channel all
                Far :far:
                Near :near:
                Patterns *
                Create Both
                Expunge Both
                Sync All
                SyncState *
                """.formatted(server.port("imap"), who, Mailroom.password(who), maildir, maildir));
        programs.run("mbsync", "-c", rc, "-a");
        assertThat(in(maildir.resolve("INBOX"))).isEqualTo(new TreeSet<>(MESSAGES));
        // Here one is read, one goes, one comes, in a folder that is new.
        var files = files(maildir.resolve("INBOX"));
        var one = file(files, "Subject: one\n");
        rename(file(files, "Subject: two\n"), "ST");
        rename(one, "S");
        newMaildir(maildir.resolve("Work"));
        write(maildir.resolve("Work/new/1.x.here"), MESSAGES.get(2));
        programs.run("mbsync", "-c", rc, "-a");
        assertThat(there(who, "INBOX")).isEqualTo(without(MESSAGES.get(1)));
        assertThat(there(who, "Work")).isEqualTo(new TreeSet<>(List.of(MESSAGES.get(2))));
        assertThat(seen(who)).containsExactly("one");
        programs.run("mbsync", "-c", rc, "-a");
        assertThat(in(maildir.resolve("INBOX"))).isEqualTo(without(MESSAGES.get(1)));
    }

    @Test
    void offlineimap_carries_octets_flags_and_folders_both_ways() throws Exception {
        var who = filled("offlineimap");
        var maildir = Files.createDirectories(folder.resolve("mail"));
        var programs = new Programs(folder);
        var rc = programs.secret(
                "offlineimaprc", """
                [general]
                accounts = here
                metadata = %s/state
                socktimeout = 30
                [Account here]
                localrepository = near
                remoterepository = far
                [Repository near]
                type = Maildir
                localfolders = %s
                [Repository far]
                type = IMAP
                remotehost = 127.0.0.1
                remoteport = %d
                remoteuser = %s
                remotepass = %s
                ssl = no
                starttls = no
                auth_mechanisms = PLAIN
                maxconnections = 1
                """.formatted(folder, maildir, server.port("imap"), who, Mailroom.password(who)));
        programs.run("offlineimap", "-o", "-u", "basic", "-c", rc);
        assertThat(in(maildir.resolve("INBOX"))).isEqualTo(new TreeSet<>(MESSAGES));
        var files = files(maildir.resolve("INBOX"));
        var one = file(files, "Subject: one\n");
        Files.delete(file(files, "Subject: two\n"));
        rename(one, "S");
        newMaildir(maildir.resolve("Work"));
        write(maildir.resolve("Work/new/1.x.here"), MESSAGES.get(0));
        programs.run("offlineimap", "-o", "-u", "basic", "-c", rc);
        assertThat(there(who, "INBOX")).isEqualTo(without(MESSAGES.get(1)));
        assertThat(seen(who)).containsExactly("one");
        assertThat(there(who, "Work")).isEqualTo(new TreeSet<>(List.of(MESSAGES.get(0))));
    }

    @Test
    void mutt_opens_the_account_searches_reads_and_moves() throws Exception {
        var who = filled("mutt");
        var programs = new Programs(folder);
        var rc = programs.secret(
                "muttrc", """
                set imap_user="%s" imap_pass="%s" ssl_starttls=no ssl_force_tls=no imap_authenticators="login"
                set folder="imap://127.0.0.1:%d/" spoolfile="imap://127.0.0.1:%d/INBOX" mbox_type=mbox record=""
                set move=no confirmappend=no confirmcreate=no delete=yes wait_key=no sort=mailbox-order quit=yes imap_check_subscribed=yes
                push "<limit>~b dots<enter><display-message><exit><save-message>=Archive<enter><limit>all<enter><sync-mailbox><quit>"
                """.formatted(who, Mailroom.password(who), server.port("imap"), server.port("imap")));
        Programs.installed("mutt");
        // mutt draws on a terminal, so it gets one.
        programs.run("script", "-qec", "TERM=vt100 HOME=" + folder + " mutt -F " + rc, "/dev/null");
        assertThat(there(who, "Archive")).isEqualTo(new TreeSet<>(List.of(MESSAGES.get(1))));
        assertThat(there(who, "INBOX")).isEqualTo(without(MESSAGES.get(1)));
    }

    /** The steps stand in {@code imapflow-day.mjs}. */
    @Test
    void imapflow_has_a_long_day() throws Exception {
        var who = filled("imapflow");
        var programs = new Programs(folder);
        Programs.installed("node");
        Programs.installed("npm");
        var install = programs.execute("npm", "install", "--silent", "--no-audit", "--no-fund", "imapflow@" + IMAPFLOW);
        if (install.code() != 0) {
            System.err.println("SKIPPED: npm has no imapflow " + IMAPFLOW + ": " + install.output());
        }
        assumeTrue(install.code() == 0, "npm has no imapflow " + IMAPFLOW);
        try (var day = ImapClientsIT.class.getResourceAsStream("imapflow-day.mjs")) {
            Files.copy(java.util.Objects.requireNonNull(day), folder.resolve("day.mjs"));
        }
        var said =
                programs.run("node", "day.mjs", server.port("imap"), server.port("imaps"), who, Mailroom.password(who));
        assertThat(said).endsWith("the day is over\n");
    }

    // The server's side, as Angus Mail sees it

    /** An account with all messages in its INBOX, by APPEND. */
    private String filled(String name) throws Exception {
        var who = server.account("imap-" + name);
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            for (var message : MESSAGES) {
                var octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
                inbox.appendMessages(new Message[] {new MimeMessage(null, new ByteArrayInputStream(octets))});
            }
        }
        return who;
    }

    private static TreeSet<String> there(String who, String mailbox) throws Exception {
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var opened = store.getFolder(mailbox)) {
            opened.open(Folder.READ_ONLY);
            var texts = new TreeSet<String>();
            for (var message : opened.getMessages()) {
                texts.add(plain(MailClient.text(message).replace("\r\n", "\n")));
            }
            return texts;
        }
    }

    private static List<String> seen(String who) throws Exception {
        try (var store = new MailClient(who).imap(MailClient.Security.NONE);
                var inbox = MailClient.inbox(store)) {
            var subjects = new java.util.ArrayList<String>();
            for (var message : inbox.getMessages()) {
                if (message.isSet(Flags.Flag.SEEN)) {
                    subjects.add(message.getSubject());
                }
            }
            return subjects;
        }
    }

    private static TreeSet<String> without(String message) {
        return MESSAGES.stream().filter(m -> !m.equals(message)).collect(Collectors.toCollection(TreeSet::new));
    }

    // The Maildir's side

    private static List<Path> files(Path maildir) throws Exception {
        try (var inNew = Files.list(maildir.resolve("new"));
                var inCur = Files.list(maildir.resolve("cur"))) {
            return Stream.concat(inNew, inCur).toList();
        }
    }

    private static TreeSet<String> in(Path maildir) throws Exception {
        var texts = new TreeSet<String>();
        for (var file : files(maildir)) {
            texts.add(read(file));
        }
        return texts;
    }

    private static Path file(List<Path> files, String line) throws Exception {
        for (var file : files) {
            if (read(file).contains(line)) {
                return file;
            }
        }
        throw new AssertionError("no message with " + line);
    }

    private static String read(Path file) throws Exception {
        return plain(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    /** Without the field by which mbsync knows again what it carried. */
    private static String plain(String text) {
        return text.replaceFirst("(?m)^X-TUID: .*\n", "");
    }

    private static void write(Path file, String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** With these flags, in the order of the alphabet, which stand behind its name. */
    private static void rename(Path file, String flags) throws Exception {
        var name = file.getFileName().toString().replaceFirst(":2,.*", "");
        Files.move(file, file.getParent().resolveSibling("cur").resolve(name + ":2," + flags));
    }

    private static void newMaildir(Path maildir) throws Exception {
        for (var part : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
    }
}
