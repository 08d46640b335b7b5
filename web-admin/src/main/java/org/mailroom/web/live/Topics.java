package org.mailroom.web.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.LogAdmin;
import org.mailroom.admin.News;
import org.mailroom.admin.Overview;
import org.mailroom.admin.SessionAdmin;
import org.mailroom.admin.TelnetAdmin;

/** What can be watched, by the end of its address. */
@ApplicationScoped
public class Topics {
    @Inject
    private Overview overview;

    @Inject
    private TelnetAdmin telnet;

    @Inject
    private SessionAdmin sessions;

    @Inject
    private LogAdmin log;

    News find(String address) throws AdminException {
        int slash = address.indexOf('/');
        var topic = slash < 0 ? address : address.substring(0, slash);
        var subject = slash < 0 ? "" : address.substring(slash + 1);
        return switch (topic) {
            case "dashboard" -> overview.news();
            case "telnet" -> telnet.news(subject);
            case "session" -> sessions.watch(subject);
            case "log" -> log.news();
            default -> throw new AdminException(Kind.NOT_FOUND, "There is no such topic");
        };
    }
}
