package org.mailroom.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.SessionAdmin;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.site.Addresses;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The clients that are connected now. */
@Named
@RequestScoped
public class SessionsPage {
    /** More than a person reads; the count above the table says how many there are. */
    private static final int SHOWN = 500;

    private static final int PAST = 50;

    @Inject
    private SessionAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private List<Wire.Session> sessions = List.of();

    private String filter = "";
    private String listener = "";

    /** Called once, before the page is written. */
    public void load() {
        var wanted = filter.strip().toLowerCase(Locale.ROOT);
        sessions = admin.sessions().stream()
                .filter(session -> listener.isEmpty() || session.listener().equals(listener))
                .filter(session -> Objects.requireNonNullElse(session.login(), "")
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted)
                        || Addresses.text(session.client()).contains(wanted))
                .toList();
    }

    /** A part of the account's or the client's address. */
    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }

    /** The name of the port to which they came; empty: any. */
    public String getListener() {
        return listener;
    }

    public void setListener(@Nullable String listener) {
        this.listener = listener == null ? "" : listener;
    }

    /** Those that have ended and of which something is kept. */
    public List<Wire.Past> getPast() {
        var open = sessions.stream().map(Wire.Session::id).toList();
        return admin.past(SHOWN).stream()
                .filter(past -> !open.contains(past.session()))
                .limit(PAST)
                .toList();
    }

    public int getTotal() {
        return sessions.size();
    }

    public List<SessionRow> getSessions() {
        return sessions.stream()
                .sorted(Comparator.comparing(Wire.Session::since))
                .limit(SHOWN)
                .map(SessionsPage::row)
                .toList();
    }

    public void end() {
        boolean ended = admin.end(here.chosen("end"));
        if (ended) {
            notices.done(texts.of("sessions.ended"));
        } else {
            notices.problem(texts.of("sessions.gone"));
        }
        here.again();
    }

    static SessionRow row(Wire.Session session) {
        return new SessionRow(
                session.id(),
                session.protocol().name(),
                session.listener(),
                Addresses.text(session.client()),
                session.since(),
                session.tls(),
                Objects.requireNonNullElse(session.login(), ""),
                session.doing());
    }

    /** @param login empty before there is one */
    public record SessionRow(
            String id,
            String protocol,
            String listener,
            String client,
            Instant since,
            boolean tls,
            String login,
            String doing) {}
}
