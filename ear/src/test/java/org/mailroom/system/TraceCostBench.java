package org.mailroom.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What the trace costs: CPU of server and database for each delivered message of 10 kB, with the trace and without, in turns. No
 * test: ordinary runs leave it out; {@code -Dbench.rounds=10}.
 *
 * <p>Nobody can switch the trace off. Here a rule of the database throws away what is inserted: no row, no index, no log. What is
 * left is a statement that does nothing; its price, with that of sending and reading it, is measured apart and added. Not
 * in it: the strings that the server puts together for a step.
 */
class TraceCostBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 2000);
    private static final int WARM = Integer.getInteger("bench.warm", 10_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 10);

    /** After so many messages the other has its turn: what else the machine does changes more slowly than that. */
    private static final int TURN = 100;

    private static final int SESSIONS = 8;
    private static final int ACCOUNTS = 20;
    private static final int STATEMENTS = 20_000;

    /** Linux counts the time of processes in hundredths of a second, whatever its clock. */
    private static final double MICROS_A_TICK = 10_000;

    private static final String TEXT = "Line of a message as long as most of them are in letters.\r\n".repeat(167);

    // As the server does it.
    private static final String INSERT = """
            INSERT INTO trace (queue_id, session, step, sender, recipient, client, rule, reply, detail)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])""";

    private final Mailroom server = Mailroom.server();
    private final List<String> accounts = new ArrayList<>();
    private long serverProcess;
    private long databaseProcess;

    @Test
    void costs() throws Exception {
        server.run("stop");
        // Nobody asks a name server or another program: that would be cost of the message, and make the share look
        // smaller.
        server.start(List.of(
                "mail.authenticity.spf=off",
                "mail.authenticity.dmarc=off",
                "mail.content.rspamd.url=",
                "mail.content.clamav.address=",
                "mail.policy.block-lists=",
                "mail.policy.allow-lists=",
                "mail.policy.greylist=false"));
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(server.account("cost" + i));
        }
        serverProcess = serverProcess();
        try (var database = database()) {
            measure(database);
        } finally {
            server.run("stop");
            server.start();
        }
    }

    private void measure(Connection database) throws Exception {
        deliver(WARM);
        var with = new double[ROUNDS];
        var without = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            int turns = MESSAGES / TURN;
            for (int turn = 0; turn < turns; turn++) {
                for (boolean kept : new boolean[] {turn % 2 == 0, turn % 2 != 0}) {
                    keep(database, kept);
                    (kept ? with : without)[round] += deliver(TURN) / turns;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.0f µs of CPU a message with the trace, %.0f without%n",
                    round + 1,
                    with[round],
                    without[round]);
        }
        keep(database, false);
        double nothing = nothing(database);
        keep(database, true);
        double cost = median(with) - median(without) + nothing;
        System.out.printf(
                Locale.ROOT,
                "median of %d rounds: %.0f µs with, %.0f without; the statement that does nothing: %.0f µs."
                        + " The trace costs %.0f µs, %.1f percent of a message%n",
                ROUNDS,
                median(with),
                median(without),
                nothing,
                cost,
                100 * cost / (median(without) - nothing));
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static void keep(Connection database, boolean kept) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(
                    kept
                            ? "DROP RULE IF EXISTS bench ON trace"
                            : "CREATE OR REPLACE RULE bench AS ON INSERT TO trace DO INSTEAD NOTHING");
        }
    }

    /** Microseconds of CPU for each of so many messages. */
    private double deliver(int messages) throws Exception {
        double before = cpu();
        try (var threads = Executors.newFixedThreadPool(SESSIONS)) {
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < SESSIONS; i++) {
                int first = i;
                Callable<Void> client = () -> {
                    for (int number = first; number < messages; number += SESSIONS) {
                        Smtp.deliver(
                                server.port("smtp"),
                                accounts.get(number % ACCOUNTS),
                                "From: ann@there.test\r\nSubject: number " + number + "\r\nMessage-ID: <" + number
                                        + "@there.test>\r\n\r\n" + TEXT);
                    }
                    return null;
                };
                clients.add(threads.submit(client));
            }
            for (var client : clients) {
                client.get();
            }
        }
        return (cpu() - before) / messages;
    }

    /** Of both sides, in microseconds: a transaction with two steps that the rule throws away, less one without. */
    private double nothing(Connection database) throws Exception {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            best = Math.min(best, statements(database, true) - statements(database, false));
        }
        return Math.max(0, best);
    }

    private double statements(Connection database, boolean asked) throws Exception {
        double before = cpu() + ownCpu();
        database.setAutoCommit(false);
        try (var empty = database.prepareStatement("SELECT 1");
                var insert = database.prepareStatement(INSERT)) {
            for (int i = 0; i < STATEMENTS; i++) {
                empty.executeQuery().close();
                if (asked) {
                    for (int column = 1; column <= 9; column++) {
                        var text = "a text as long as a column " + i;
                        insert.setArray(column, database.createArrayOf("text", new String[] {text, text}));
                    }
                    insert.executeUpdate();
                }
                database.commit();
            }
        }
        database.setAutoCommit(true);
        return (cpu() + ownCpu() - before) / STATEMENTS;
    }

    private double cpu() throws IOException {
        double ticks = ticks(serverProcess, false) + ticks(databaseProcess, true);
        for (long child : ProcessHandle.of(databaseProcess)
                .orElseThrow()
                .children()
                .mapToLong(ProcessHandle::pid)
                .toArray()) {
            ticks += ticks(child, false);
        }
        return ticks * MICROS_A_TICK;
    }

    private static double ownCpu() throws IOException {
        return ticks(ProcessHandle.current().pid(), false) * MICROS_A_TICK;
    }

    /** proc_pid_stat(5): utime and stime; of children that have ended, too. */
    private static long ticks(long process, boolean children) throws IOException {
        var file = Path.of("/proc/" + process + "/stat");
        if (!Files.exists(file)) {
            return 0; // ended meanwhile: its parent has it
        }
        var stat = Files.readString(file);
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return children ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
    }

    private long serverProcess() {
        var home = server.home().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("instanceRoot=" + home))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private Connection database() throws IOException, SQLException {
        var lines =
                Files.readAllLines(server.home().resolve("database/data/postmaster.pid"), StandardCharsets.US_ASCII);
        databaseProcess = Long.parseLong(lines.getFirst().strip());
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/mailroom",
                "mailroom",
                Files.readString(server.home().resolve("secrets/database")).strip());
    }
}
