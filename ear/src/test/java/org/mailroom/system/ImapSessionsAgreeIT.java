package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Ten sessions do what comes to their minds in one mailbox, for half a minute, or five with {@code --long}. Each keeps a view
 * of what it was told; whatever they did, it must be true in the end, and no two may ever have been told different things.
 */
class ImapSessionsAgreeIT {
    private static final int SESSIONS = 10;
    private static final Duration TIME =
            Boolean.getBoolean("mailroom.long") ? Duration.ofMinutes(5) : Duration.ofSeconds(30);

    private final Mailroom server = Mailroom.server();

    @Test
    void every_view_is_true_whatever_the_others_did() throws Exception {
        var who = server.account("imap-sessions");
        var told = ToldView.common();
        var sessions = new ArrayList<Session>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(new Session(who, i, told));
            }
            long end = System.nanoTime() + TIME.toNanos();
            int commands = together(sessions, end);
            System.out.println("sessions=" + SESSIONS + " commands=" + commands + " told=" + told.size());
            var truth = new Session(who, SESSIONS, told);
            sessions.add(truth);
            for (var session : sessions) {
                session.command("NOOP");
                session.learn();
                assertThat(session.view.known()).as(session.name).isEqualTo(truth.view.known());
            }
            assertThat(commands).isGreaterThan(SESSIONS * 10);
        } finally {
            for (var session : sessions) {
                session.close();
            }
        }
    }

    private static int together(List<Session> sessions, long end) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<Integer>>();
            for (var session : sessions) {
                Callable<Integer> work = () -> session.meddle(end);
                done.add(threads.submit(work));
            }
            int commands = 0;
            for (var one : done) {
                commands += one.get();
            }
            return commands;
        }
    }

    /** One client; every other one counts by UIDs (QRESYNC), every third one waits at times (IDLE). */
    private static final class Session implements AutoCloseable {
        private static final List<String> FLAGS = List.of("\\Seen", "\\Deleted", "\\Flagged", "\\Answered", "$A", "$B");
        private static final int MOST = 150;

        final String name;
        final ToldView view;
        private final Telnet telnet;
        private final Random random;
        private int tags;

        Session(String who, int number, Map<String, String> told) throws IOException {
            name = (number % 2 == 0 ? "by number " : "by UID ") + number;
            random = new Random(number);
            view = new ToldView(told);
            telnet = new Telnet(Mailroom.server().port("imap"));
            telnet.line();
            command("LOGIN " + who + " " + Mailroom.password(who));
            command(number % 2 == 0 ? "ENABLE CONDSTORE" : "ENABLE QRESYNC");
            command("SELECT INBOX");
            learn();
        }

        int meddle(long end) throws IOException {
            int commands = 0;
            for (; System.nanoTime() < end; commands++) {
                if (random.nextInt(12) == 0) {
                    idle();
                } else {
                    command(some());
                }
                learn();
            }
            return commands;
        }

        /** What it was told of and does not know yet, it asks for: by number, while nothing may go. */
        void learn() throws IOException {
            while (view.hasUnknown()) {
                command("FETCH 1:" + view.messages.size() + " (UID FLAGS MODSEQ)");
            }
        }

        private String some() {
            int count = view.messages.size();
            var flag = FLAGS.get(random.nextInt(FLAGS.size()));
            if (count == 0 || (count < MOST && random.nextInt(3) == 0)) {
                return "APPEND INBOX (" + flag + ") {4+}\r\n" + "a: b";
            }
            int number = 1 + random.nextInt(count);
            int last = Math.min(count, number + random.nextInt(6));
            return switch (random.nextInt(11)) {
                case 0, 1 -> "STORE " + number + ":" + last + " +FLAGS (" + flag + ")";
                case 2 -> "STORE " + number + " -FLAGS.SILENT (" + flag + ")";
                case 3 -> "UID STORE 1:* -FLAGS (" + flag + ")";
                case 4 -> "STORE " + last + " (UNCHANGEDSINCE 1) FLAGS (" + flag + ")";
                case 5 -> "FETCH " + number + ":" + last + " (UID FLAGS MODSEQ RFC822.SIZE)";
                case 6 -> "EXPUNGE";
                case 7 -> "UID MOVE " + view.messages.get(number - 1).uid + " Archive";
                case 8 -> "COPY " + number + " INBOX";
                case 9 -> "SEARCH UNSEEN";
                default -> "NOOP";
            };
        }

        /** Says a command and believes the answers. */
        void command(String text) throws IOException {
            var tag = name.substring(3, 4) + ++tags;
            telnet.raw(tag + " " + text + "\r\n");
            boolean numbers = text.matches("(FETCH|STORE|SEARCH) (?s:.*)");
            for (var line = telnet.line(); ; line = telnet.line()) {
                if (line.startsWith(tag + " ")) {
                    // Who moves what another moved first moves nothing; by number he is told so (RFC 2180 §4.4).
                    var good = text.startsWith("COPY") ? " OK | NO \\[EXPUNGEISSUED\\] " : " OK ";
                    assertThat(line).as(name + ": " + text).containsPattern(good);
                    return;
                }
                try {
                    view.believe(line, numbers);
                } catch (AssertionError | RuntimeException wrong) {
                    throw new AssertionError(name + ": " + text + " -> " + line, wrong);
                }
            }
        }

        private void idle() throws IOException {
            var tag = "i" + ++tags;
            telnet.raw(tag + " IDLE\r\n");
            // Whatever comes before the tagged line, which comes when DONE is read.
            boolean done = false;
            for (var line = telnet.line(); !line.startsWith(tag + " "); line = telnet.line()) {
                if (line.startsWith("+")) {
                    telnet.raw("DONE\r\n");
                    done = true;
                } else {
                    view.believe(line, false);
                }
            }
            assertThat(done).isTrue();
        }

        @Override
        public void close() throws IOException {
            telnet.close();
        }
    }
}
