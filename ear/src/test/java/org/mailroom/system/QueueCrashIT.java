package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed again and again while it delivers: all that was queued arrives, and twice only where the remote host
 * had taken it and the record of that was cut off.
 */
class QueueCrashIT {
    private static final boolean LONG = Boolean.getBoolean("mailroom.long");
    private static final int KILLS = LONG ? 10 : 2;
    private static final int MESSAGES = LONG ? 1000 : 300;

    /** So many leave before each kill, and could have left behind them. */
    private static final int BEFORE = 40;

    private static final int BEHIND = 50;

    /** Connections to one domain, each with one message between its 250 and the record of it. */
    private static final int IN_FLIGHT = 20;

    private final Mailroom server = Mailroom.server();

    @Test
    void every_queued_message_arrives_though_the_server_is_killed() throws Exception {
        var sender = server.account("queuecrash");
        try (var sink = RemoteServer.gate()) {
            server.route("crash.test", sink.port());
            Submission.many(server.port("submission"), sender, "crash.test", "crash", MESSAGES);
            var kills = new ArrayList<Integer>();
            while (kills.size() < KILLS) {
                var process = process();
                int goal = sink.messages().size() + BEFORE;
                sink.admit(BEFORE + BEHIND);
                eventually(
                        "a part has left",
                        Duration.ofSeconds(90),
                        () -> sink.messages().size() >= goal);
                kill(process);
                eventually("it took what was on the way", Duration.ofSeconds(10), sink::isQuiet);
                kills.add(sink.messages().size());
                assertThat(kills.getLast()).as("killed while it delivered").isLessThan(MESSAGES);
                server.start();
            }
            sink.admit(2 * MESSAGES);
            eventually(
                    "the rest has left", Duration.ofMinutes(3), () -> new HashSet<>(subjects(sink)).size() == MESSAGES);
            judge(subjects(sink), kills);
        }
    }

    /** Between a first and a second copy the server was killed, and no kill has more of them than there were connections. */
    private static void judge(List<String> arrived, List<Integer> kills) {
        var copies = new HashMap<Integer, Integer>();
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < arrived.size(); i++) {
            var before = places.put(arrived.get(i), i);
            if (before != null) {
                int first = before;
                int second = i;
                var kill =
                        kills.stream().filter(at -> first < at && at <= second).findFirst();
                assertThat(kill).as(arrived.get(i) + " came twice").isPresent();
                copies.merge(kill.orElseThrow(), 1, Integer::sum);
            }
        }
        System.out.println(
                kills.size() + " kills after so many arrivals: " + kills + "; second copies by kill: " + copies);
        assertThat(copies.values()).allMatch(count -> count <= IN_FLIGHT);
    }

    private static List<String> subjects(RemoteServer sink) {
        return sink.messages().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Subject: crash-"))
                .toList();
    }

    private ProcessHandle process() {
        var status = Mailroom.json(server.run("status", "--json"));
        return ProcessHandle.of(status.getJsonNumber("serverPid").longValue()).orElseThrow();
    }

    private static void kill(ProcessHandle process) throws Exception {
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(30, TimeUnit.SECONDS);
    }
}
