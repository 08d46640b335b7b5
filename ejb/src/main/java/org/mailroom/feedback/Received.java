package org.mailroom.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.trace.OneLine;

/**
 * What a report says. Its texts are those of a stranger: cut and made harmless here.
 *
 * @param domain of ours on which it reports, in lower case
 * @param reporter who sent it, as he calls himself
 * @param number by which he knows it
 * @param begins null where it does not say
 */
public record Received(
        Kind kind,
        String domain,
        String reporter,
        String number,
        @Nullable Instant begins,
        @Nullable Instant ends,
        List<Row> rows) {
    static final int MOST_ROWS = 20_000;

    /** How a number that nobody believes ends. */
    private static final long MOST = 1_000_000_000_000L;

    public enum Kind {
        DMARC,
        TLS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Received {
        domain = OneLine.of(domain, 255).toLowerCase(Locale.ROOT);
        reporter = OneLine.of(reporter, 255);
        number = OneLine.of(number, 255);
        rows = List.copyOf(rows);
    }

    /**
     * Messages, or connections, that went alike.
     *
     * @param source the address from which they came
     * @param name DMARC: the domain of From; TLS: our host, or the domain
     * @param passed DMARC: whether SPF or DKIM proved the domain; TLS: whether all went well
     * @param result DMARC: the disposition; TLS: the result type, empty where all went well
     * @param dkim whether DKIM proved the domain, in the words of the report; empty for TLS
     * @param spf likewise
     * @param detail what else it says
     */
    public record Row(
            String source,
            String name,
            long count,
            boolean passed,
            String result,
            String dkim,
            String spf,
            String detail) {
        public Row {
            source = OneLine.of(source, 60);
            name = OneLine.of(name, 255);
            count = Math.clamp(count, 0, MOST);
            result = OneLine.of(result, 60);
            dkim = OneLine.of(dkim, 20);
            spf = OneLine.of(spf, 20);
            detail = OneLine.of(detail, 500);
        }
    }

    long count(boolean passed) {
        return rows.stream()
                .filter(row -> row.passed == passed)
                .mapToLong(Row::count)
                .sum();
    }
}
