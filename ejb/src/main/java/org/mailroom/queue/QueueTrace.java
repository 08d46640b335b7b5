package org.mailroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Expansion;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/** What the trace and the log say of an attempt. */
final class QueueTrace {
    private static final String RULE = "queue";

    /** That are named where an address leads to many. */
    private static final int MOST_TARGETS = 10;

    private QueueTrace() {}

    static List<TraceStep> steps(Batch batch, Judgement judgement, Optional<Report> report) {
        var steps = new ArrayList<TraceStep>();
        judgement
                .sent()
                .forEach(result -> steps.add(step(Kind.RELAYED, batch, result).detail(result.tls())));
        judgement
                .later()
                .forEach(later -> steps.add(step(Kind.DEFERRED, batch, later.result())
                        .detail((isUnknown(later.result()) ? "a second copy is possible; " : "") + "next attempt in "
                                + later.delay().toSeconds() + " s")));
        judgement
                .failed()
                .forEach(result -> steps.add(step(Kind.FAILED, batch, result)
                        .detail(Stream.of(patience(batch, result), silence(batch, result, report))
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining("; ")))));
        report.ifPresent(told -> reported(batch, told, steps));
        return steps;
    }

    private static TraceStep step(Kind kind, Batch batch, Attempt.Result result) {
        return TraceStep.of(
                        kind,
                        batch.queueId(),
                        batch.reversePath(),
                        result.addressee().address())
                .client(result.host())
                .rule(RULE)
                .reply(reply(result.outcome()));
    }

    private static String reply(Outcome outcome) {
        return outcome.code() > 0 ? Bounce.reply(outcome) : outcome.status() + " " + outcome.text();
    }

    private static boolean isUnknown(Attempt.Result result) {
        return result.outcome().kind() == Outcome.Kind.UNKNOWN;
    }

    /** How long it was tried, where no host said no for good. */
    private static String patience(Batch batch, Attempt.Result result) {
        var outcome = result.outcome();
        boolean set = outcome.status().equals(Judgement.SENDERS_TIME);
        if (outcome.kind() == Outcome.Kind.FAILED && !(set && outcome.code() == 0)) {
            return "";
        }
        return "given up after " + words(Duration.between(batch.created(), Instant.now()))
                + (set ? ", as long as its sender wanted" : "");
    }

    private static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    /** Why nobody is told, if nobody is. */
    static String silence(Batch batch, Attempt.Result result, Optional<Report> report) {
        if (!new Notice(Notice.Action.FAILED, result).isWanted()) {
            return "no report: the sender did not want one";
        }
        return report.isEmpty() ? "no report: " + Silence.about(batch).orElse("the sender takes no mail here") : "";
    }

    /** Of a report that goes through the queue, and of what it is on. */
    static List<TraceStep> waiting(String about, Report report) {
        var steps = new ArrayList<TraceStep>();
        made(about, report, steps);
        steps.add(queued(report, report.recipient()));
        return steps;
    }

    private static void reported(Batch batch, Report report, List<TraceStep> steps) {
        made(batch.queueId(), report, steps);
        if (report.queued()) {
            steps.add(queued(report, report.recipient()));
            return;
        }
        report.to()
                .owners()
                .forEach(owner -> steps.add(TraceStep.of(Kind.DELIVERED, report.queueId(), "", owner)
                        .rule(RULE)
                        .detail("INBOX" + by(report.recipient(), owner))));
        report.to().elsewhere().forEach(address -> steps.add(queued(report, address)));
    }

    private static String by(String name, String owner) {
        return name.equalsIgnoreCase(owner) ? "" : "; by way of " + name;
    }

    private static TraceStep queued(Report report, String address) {
        return TraceStep.of(Kind.QUEUED, report.queueId(), "", address).rule(RULE);
    }

    private static void made(String about, Report report, List<TraceStep> steps) {
        for (var notice : report.notices()) {
            var kind = notice.action() == Notice.Action.FAILED ? Kind.BOUNCED : Kind.REPORTED;
            steps.add(TraceStep.of(kind, about, report.recipient(), notice.address())
                    .rule(RULE)
                    .detail(notice.action().word() + ": reported to the sender under " + report.queueId()));
        }
        steps.add(TraceStep.of(Kind.RECEIVED, report.queueId(), "", report.recipient())
                .rule(RULE)
                .detail("report on " + about + " size=" + report.parsed().size() + " subject="
                        + report.parsed().subject()));
    }

    /** Lines for the log, one a recipient. */
    static List<String> lines(Batch batch, Judgement judgement, Optional<Report> report) {
        var lines = new ArrayList<String>();
        judgement.sent().forEach(result -> lines.add(line(batch, result, "sent")));
        judgement
                .later()
                .forEach(later -> lines.add(line(batch, later.result(), "deferred") + " next="
                        + later.delay().toSeconds() + "s"
                        + (isUnknown(later.result()) ? " duplicate=possible" : "")));
        judgement.failed().forEach(result -> lines.add(line(batch, result, "failed")));
        report.ifPresent(told -> lines.add("q=" + told.queueId() + " from=<> to=" + OneLine.address(told.recipient())
                + " about=" + batch.queueId() + " status=reported"));
        return lines;
    }

    static List<TraceStep> steps(Homecoming homecoming, Optional<Report> report) {
        var steps = new ArrayList<TraceStep>();
        homecoming.ways().forEach((name, way) -> home(homecoming.home(), name, way, steps));
        report.ifPresent(told -> steps.addAll(waiting(homecoming.home().queueId(), told)));
        return steps;
    }

    /** Of one address that is ours by now. */
    private static void home(Batch batch, String name, Expansion way, List<TraceStep> steps) {
        var owners = way.owners();
        var elsewhere = way.elsewhere();
        if (!elsewhere.isEmpty() || owners.stream().anyMatch(owner -> !owner.equalsIgnoreCase(name))) {
            var targets = Stream.concat(owners.stream(), elsewhere.stream()).limit(MOST_TARGETS);
            steps.add(home(Kind.EXPANDED, batch, name).detail("to " + targets.collect(Collectors.joining(", "))));
        }
        owners.forEach(owner -> steps.add(home(Kind.DELIVERED, batch, owner)
                .client("local")
                .detail("INBOX" + by(name, owner) + "; the domain is ours")));
        elsewhere.forEach(address -> steps.add(home(Kind.QUEUED, batch, address).detail("by way of " + name)));
    }

    private static TraceStep home(Kind kind, Batch batch, String recipient) {
        return TraceStep.of(kind, batch.queueId(), batch.reversePath(), recipient)
                .rule(RULE);
    }

    static List<String> lines(Homecoming homecoming) {
        return homecoming.delivered().stream()
                .map(result -> line(homecoming.home(), result, "delivered"))
                .toList();
    }

    private static String line(Batch batch, Attempt.Result result, String status) {
        var host = result.host().isEmpty() ? "none" : OneLine.of(result.host(), 200);
        var line = "q=" + batch.queueId() + " from=" + OneLine.address(batch.reversePath()) + " to="
                + OneLine.address(result.addressee().address()) + " relay=" + host + " dsn="
                + OneLine.of(result.outcome().status(), 12) + " status=" + status;
        return result.outcome().kind() == Outcome.Kind.DELIVERED
                ? line
                : line + " reply=\"" + OneLine.of(Bounce.reply(result.outcome()), 300) + "\"";
    }
}
