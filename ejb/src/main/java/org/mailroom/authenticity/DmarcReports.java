package org.mailroom.authenticity;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.dns.NameService;

/** Makes the reports of days that are over, for owners who ask for them (RFC 9990). */
@ApplicationScoped
public class DmarcReports {
    /** More addresses for one domain are not served. */
    private static final int MOST_ADDRESSES = 3;

    /** Rows of one report; the rest is the tail of what hardly ever came. */
    private static final int MOST_ROWS = 2000;

    private static final int OLDEST_DAYS = 3;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private NameService names;

    private DmarcSettings settings = DmarcSettings.STANDARD;

    public DmarcReports() {}

    DmarcReports(DataSource database, NameService names, DmarcSettings settings) {
        this.database = database;
        this.names = names;
        this.settings = settings;
    }

    @PostConstruct
    void configure() {
        settings = DmarcSettings.of(Settings.current());
    }

    private record Key(LocalDate day, String policy) {}

    /**
     * All that are due and that no other node has taken; asks DNS, so outside of a transaction.
     *
     * @param today the first day that is not over
     */
    public List<DmarcReport> take(LocalDate today) {
        if (!settings.reports()) {
            return List.of();
        }
        var days = new LinkedHashMap<Key, List<DmarcRow>>();
        try (var connection = database.getConnection()) {
            DmarcTable.due(connection, today.minusDays(OLDEST_DAYS), today)
                    .forEach(row -> days.computeIfAbsent(new Key(row.day(), row.policy()), key -> new ArrayList<>())
                            .add(row));
        } catch (SQLException e) {
            throw new IllegalStateException("the counts of DMARC cannot be read", e);
        }
        var reports = new ArrayList<DmarcReport>();
        days.forEach((key, rows) -> report(key, rows).ifPresent(reports::add));
        return reports;
    }

    private Optional<DmarcReport> report(Key key, List<DmarcRow> rows) {
        var owner = rows.getFirst().owner();
        var addresses = addresses(names.dns(), owner, rows.getFirst().record());
        if (addresses.isEmpty() || !claim(key)) {
            return Optional.empty();
        }
        var id = key.day() + "." + Integer.toHexString(key.policy().hashCode()) + "." + owner + "@"
                + settings.submitter();
        var xml = DmarcXml.of(
                id,
                settings.submitter(),
                settings.contact(),
                key.day(),
                rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
        return Optional.of(
                new DmarcReport(owner, key.day(), id, settings.submitter(), settings.contact(), xml, addresses));
    }

    private boolean claim(Key key) {
        try (var connection = database.getConnection()) {
            return DmarcTable.claim(connection, key.day(), key.policy());
        } catch (SQLException e) {
            throw new IllegalStateException("a report on DMARC cannot be noted", e);
        }
    }

    /** Of rua=, those who want it: another domain must say so itself (RFC 9990 §4). */
    static List<String> addresses(Dns dns, String owner, String record) {
        String places;
        try {
            places = TagList.of(record).find("rua").orElse("");
        } catch (MalformedException e) {
            return List.of();
        }
        return Arrays.stream(places.split(","))
                .map(String::strip)
                .filter(place -> place.regionMatches(true, 0, "mailto:", 0, 7))
                .map(place -> place.substring(7).replaceAll("[?!].*", ""))
                .limit(MOST_ADDRESSES)
                .filter(address -> wants(dns, Names.domain(address), owner))
                .toList();
    }

    private static boolean wants(Dns dns, String destination, String owner) {
        if (Names.isWithin(destination, owner) || Names.isWithin(owner, destination) && destination.contains(".")) {
            return true;
        }
        return dns.texts(owner + "._report._dmarc." + destination) instanceof Answer.Found<String> found
                && found.values().stream().anyMatch(DmarcRecord::isRecord);
    }
}
