package org.mailroom.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.mailroom.FreePort;

/** A Dovecot of its own, on loopback, as Debian ships it, with fsync where it finds it right. */
final class Dovecot implements AutoCloseable {
    static final String USER = "peer";
    static final int USERS = 20;
    static final String PASSWORD = "secret-of-peer";

    private static final String SETTINGS = """
            instance_name = %1$s
            base_dir = %1$s/run
            state_dir = %1$s/state
            protocols = imap pop3 lmtp
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            log_path = %1$s/log
            mail_uid = mail
            mail_gid = mail
            first_valid_uid = 1
            first_valid_gid = 1
            mail_home = %1$s/mail/%%n
            mail_location = %5$s:~/mail
            mail_fsync = optimized
            mail_max_userip_connections = 1000
            default_vsz_limit = 2G
            namespace inbox {
              inbox = yes
              separator = /
            }
            passdb {
              driver = passwd-file
              args = scheme=PLAIN username_format=%%n %1$s/users
            }
            userdb {
              driver = passwd-file
              args = username_format=%%n %1$s/users
            }
            service imap-login {
              inet_listener imap {
                port = %2$d
              }
              inet_listener imaps {
                port = 0
              }
              service_count = 0
            }
            service pop3-login {
              inet_listener pop3 {
                port = %3$d
              }
              inet_listener pop3s {
                port = 0
              }
              service_count = 0
            }
            service lmtp {
              inet_listener lmtp {
                address = 127.0.0.1
                port = %4$d
              }
            }
            """;

    private final Path home = Files.createTempDirectory(
            "dc", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    private final Path settings = home.resolve("dovecot.conf");
    private final int imap = FreePort.next();
    private final int pop3 = FreePort.next();
    private final int lmtp = FreePort.next();

    /** @param format of its mailboxes, in its own terms: maildir, mdbox */
    Dovecot(String format) throws IOException, InterruptedException {
        var users = new StringBuilder();
        for (var user : IntStream.range(0, USERS + 1).mapToObj(Dovecot::user).toList()) {
            users.append(user + ":" + PASSWORD + "::::" + home + "/mail/" + user + "::\n");
        }
        Files.writeString(home.resolve("users"), users);
        Files.writeString(settings, SETTINGS.formatted(home, imap, pop3, lmtp, format));
        QueueDrainBench.run(
                "chown",
                "mail:mail",
                Files.createDirectory(home.resolve("mail")).toString());
        // Or IDLE falls back to looking every half minute.
        QueueDrainBench.run("sh", "-c", "sysctl -q -w fs.inotify.max_user_instances=4096 || true");
        QueueDrainBench.run("dovecot", "-c", settings.toString());
    }

    /** The first is {@link #USER}. */
    static String user(int number) {
        return USER + (number == 0 ? "" : number);
    }

    int imap() {
        return imap;
    }

    int pop3() {
        return pop3;
    }

    int lmtp() {
        return lmtp;
    }

    @Override
    public void close() throws IOException {
        try {
            QueueDrainBench.run("doveadm", "-c", settings.toString(), "stop");
            QueueDrainBench.run("rm", "-rf", home.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
