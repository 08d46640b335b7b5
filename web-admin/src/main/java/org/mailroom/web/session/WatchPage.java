package org.mailroom.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.SessionAdmin;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.session.SessionsPage.SessionRow;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** One session, as it happens or as it lately was. */
@Named
@RequestScoped
public class WatchPage {
    @Inject
    private SessionAdmin admin;

    @Inject
    private Here here;

    @Inject
    private Links links;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    private @Nullable SessionRow open;

    /** Null where it has ended. */
    public @Nullable SessionRow getOpen() {
        // Asked for before the page's actions run, to know which buttons there were.
        if (open == null) {
            open = admin.sessions().stream()
                    .filter(session -> session.id().equals(here.subject()))
                    .map(SessionsPage::row)
                    .findFirst()
                    .orElse(null);
        }
        return open;
    }

    public List<Entry> getEntries() {
        return admin.transcript(here.subject(), -1).stream()
                .map(WatchPage::entry)
                .toList();
    }

    private static Entry entry(Wire.Said one) {
        return new Entry(
                one.number(),
                one.at(),
                one.who().name().toLowerCase(Locale.ROOT),
                one.text().lines().toList());
    }

    public void end() {
        if (admin.end(here.subject())) {
            notices.done(texts.of("sessions.ended"));
        } else {
            notices.problem(texts.of("sessions.gone"));
        }
        here.go(links.watch(here.subject()));
    }

    /** @param who {@code client}, {@code server}, {@code opened}, {@code tls}, {@code login} or {@code closed} */
    public record Entry(long number, Instant at, String who, List<String> lines) {}
}
