package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AuditAdmin;
import org.mailroom.admin.AuditInfo;
import org.mailroom.admin.CertificateAdmin;
import org.mailroom.admin.CertificateInfo;
import org.mailroom.admin.DnsAdmin;
import org.mailroom.admin.DnsLine;
import org.mailroom.admin.ListenerAdmin;
import org.mailroom.admin.ListenerInfo;
import org.mailroom.admin.OfferedCertificate;
import org.mailroom.admin.Page;
import org.mailroom.admin.Pulse;
import org.mailroom.admin.PulsePoint;
import org.mailroom.admin.Role;
import org.mailroom.admin.SettingChange;
import org.mailroom.admin.SettingInfo;
import org.mailroom.admin.SettingsAdmin;
import org.mailroom.admin.Traffic;
import org.mailroom.admin.TrafficHour;

/** The site as a whole: settings, ports, certificates, what DNS says, the last hours, who changed what. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SiteResource {
    @Inject
    private SettingsAdmin settings;

    @Inject
    private ListenerAdmin listeners;

    @Inject
    private CertificateAdmin certificates;

    @Inject
    private DnsAdmin dns;

    @Inject
    private Traffic traffic;

    @Inject
    private Pulse pulse;

    @Inject
    private AuditAdmin audit;

    @GET
    @Path("settings")
    public List<SettingInfo> settings() {
        return settings.settings();
    }

    /**
     * What changed in the settings from one start of a node to the next, newest first.
     *
     * @param filter a part of a key or of a node's name; empty: all
     */
    @GET
    @Path("settings/history")
    public Page<SettingChange> settingsHistory(
            @QueryParam("filter") @DefaultValue("") String filter,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return settings.history(filter, Paging.offset(offset), Paging.limit(limit));
    }

    /** The ports of this node for mail, and what they show. */
    @GET
    @Path("listeners")
    public List<ListenerInfo> listeners() {
        return listeners.listeners();
    }

    @GET
    @Path("certificates")
    public List<CertificateInfo> certificates() {
        return certificates.certificates();
    }

    /**
     * The mail listeners of this node show it from now on: {@code chain} and {@code privateKey}, both PEM.
     *
     * @param dryRun true: only answers what would be shown
     */
    @PUT
    @Path("certificates")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"chain text = -----BEGIN CERTIFICATE-----", "privateKey? text = -----BEGIN PRIVATE KEY-----"})
    public OfferedCertificate install(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        var chain = Bodies.text(wish, "chain");
        var key = Bodies.optionalText(wish, "privateKey");
        return dryRun
                ? certificates.check(chain, key == null ? "" : key)
                : certificates.install(chain, key == null ? "" : key);
    }

    @GET
    @Path("dns/{domain}")
    public List<DnsLine> dns(@PathParam("domain") String domain) throws AdminException {
        return dns.check(domain);
    }

    @GET
    @Path("traffic")
    public List<TrafficHour> traffic() {
        return traffic.hours();
    }

    /** Queue, sessions, storage and latency, minute by minute. */
    @GET
    @Path("pulse")
    public List<PulsePoint> pulse() {
        return pulse.points();
    }

    @GET
    @Path("audit")
    public Page<AuditInfo> audit(
            @QueryParam("filter") @DefaultValue("") String filter,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return audit.entries(filter, Paging.offset(offset), Paging.limit(limit));
    }
}
