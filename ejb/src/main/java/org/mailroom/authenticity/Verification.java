package org.mailroom.authenticity;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;

/** Runs the checks, and no longer than it may: whoever owns the names that are asked for can be as slow as he likes. */
final class Verification {
    private final Dns dns;
    private final String receiver;
    private final Duration timeout;

    Verification(Dns dns, String receiver, Duration timeout) {
        this.dns = dns;
        this.receiver = receiver;
        this.timeout = timeout;
    }

    SpfResult spf(InetAddress client, String helo, String reversePath) {
        boolean bounce = reversePath.isEmpty();
        var domain = bounce ? helo : Names.domain(reversePath);
        return inTime(
                () -> SpfCheck.check(dns, client, helo, reversePath, receiver),
                new SpfResult(Result.TEMPERROR, domain, bounce, "no answer in time"));
    }

    Findings all(MessageSource source, SpfResult spf) throws IOException {
        var header = Header.of(source);
        var late = "no answer in time";
        var nothing = new Findings(
                spf,
                List.of(),
                DmarcResult.none(Result.TEMPERROR, "", late),
                new ArcResult(Result.TEMPERROR, 0, List.of(), "", late));
        return inTime(() -> all(source, header, spf), nothing);
    }

    private Findings all(MessageSource source, Header header, SpfResult spf) throws IOException {
        var dkim = new DkimCheck(dns, InstantSource.system()).check(source, header);
        var arc = new ArcCheck(dns).check(source, header);
        var dmarc = new DmarcCheck(dns).check(Authors.domains(header), spf, dkim);
        return new Findings(spf, dkim, dmarc, arc);
    }

    private <T> T inTime(Callable<T> work, T otherwise) {
        var task = new FutureTask<>(work);
        var thread = Thread.ofVirtual().name("authenticity").start(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check of authenticity broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while authenticity was checked", e);
        }
    }
}
