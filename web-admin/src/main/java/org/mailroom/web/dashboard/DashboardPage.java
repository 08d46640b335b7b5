package org.mailroom.web.dashboard;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.Overview;
import org.mailroom.admin.Status;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.site.Addresses;

/** How the server does, at a glance; each figure leads to its list. */
@Named
@RequestScoped
public class DashboardPage {
    @Inject
    private Overview overview;

    private @Nullable Status status;

    public Status getStatus() {
        var known = status;
        if (known == null) {
            known = overview.status();
            status = known;
        }
        return known;
    }

    public List<ListenerRow> getListeners() {
        return getStatus().listeners().stream().map(DashboardPage::row).toList();
    }

    private static ListenerRow row(Wire.Listening open) {
        return new ListenerRow(
                open.name(),
                open.protocol().name(),
                Addresses.text(open.address()),
                open.implicitTls() ? "implicit" : "starttls",
                open.sessions());
    }

    /** A socket that is open. */
    public record ListenerRow(String name, String protocol, String address, String tls, int sessions) {}
}
