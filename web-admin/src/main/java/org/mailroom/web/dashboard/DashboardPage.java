package org.mailroom.web.dashboard;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AcmeAdmin;
import org.mailroom.admin.Overview;
import org.mailroom.admin.Pulse;
import org.mailroom.admin.PulsePoint;
import org.mailroom.admin.Setup;
import org.mailroom.admin.Status;
import org.mailroom.admin.Traffic;
import org.mailroom.admin.TrafficHour;
import org.mailroom.contract.wire.Wire;
import org.mailroom.web.site.Addresses;
import org.mailroom.web.site.Show;

/** How the server does, at a glance; each figure leads to its list. */
@Named
@RequestScoped
public class DashboardPage {
    @Inject
    private Overview overview;

    @Inject
    private Traffic traffic;

    @Inject
    private Pulse pulse;

    @Inject
    private Setup setup;

    @Inject
    private AcmeAdmin acme;

    @Inject
    private Show show;

    private @Nullable Status status;
    private @Nullable String certificateTrouble;
    private @Nullable List<TrafficHour> hours;
    private @Nullable List<PulsePoint> points;

    /** Whether the first steps are still to be taken. */
    public boolean isPending() {
        return setup.pending();
    }

    /** Why the certificate could not be ordered; empty where all is well. */
    public String getCertificateTrouble() {
        var known = certificateTrouble;
        if (known == null) {
            known = acme.trouble();
            certificateTrouble = known;
        }
        return known;
    }

    public Status getStatus() {
        var known = status;
        if (known == null) {
            known = overview.status();
            status = known;
        }
        return known;
    }

    /** The last day by hours. */
    public List<TrafficHour> getHours() {
        var known = hours;
        if (known == null) {
            known = traffic.hours();
            hours = known;
        }
        return known;
    }

    public List<Chart.Part> getParts() {
        return Chart.parts(getHours());
    }

    public String getViewBox() {
        return "0 0 " + getHours().size() * Chart.STEP + " " + Chart.HEIGHT;
    }

    /** The sum over the last day: {@code received}, {@code refused}, {@code sent} or {@code deferred}. */
    public long sum(String kind) {
        return getHours().stream()
                .mapToLong(hour -> switch (kind) {
                    case "received" -> hour.received();
                    case "refused" -> hour.refused();
                    case "sent" -> hour.sent();
                    default -> hour.deferred();
                })
                .sum();
    }

    /** The last day minute by minute; the oldest first. */
    public List<PulsePoint> getPoints() {
        var known = points;
        if (known == null) {
            known = pulse.points();
            points = known;
        }
        return known;
    }

    public List<Curve> getCurves() {
        return Curve.of(getPoints());
    }

    /** From acceptance to the next host, in seconds with a digit; empty where nothing was sent for an hour. */
    public String getLatency() {
        var latency = getPoints().isEmpty() ? null : getPoints().getLast().latency();
        return latency == null ? "" : show.seconds(latency);
    }

    /** A value of a curve as people read it. */
    public String figure(String kind, long value) {
        return switch (kind) {
            case "octets" -> show.size(value);
            case "latency" -> show.seconds(value);
            default -> show.number(value);
        };
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
