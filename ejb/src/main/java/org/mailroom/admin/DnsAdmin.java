package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;
import org.mailroom.dns.NameService;
import org.mailroom.feedback.FeedbackSettings;
import org.mailroom.house.OpenWire;

/** What DNS says about our domains. It may have to wait for name servers, so nothing is held. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DnsAdmin {
    @Inject
    private NameService names;

    @Inject
    private OpenWire wire;

    @Inject
    private DomainAdmin domains;

    @Inject
    private DkimAdmin keys;

    @Inject
    private CertificateAdmin certificates;

    /** What should stand in DNS about a domain of ours, and what does. */
    public List<DnsLine> check(String domain) throws AdminException {
        var name = Texts.domain(domain.strip()).name();
        if (domains.domains().stream()
                .noneMatch(
                        known -> known.name().equals(name) || known.otherNames().contains(name))) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + name);
        }
        var config = Settings.current();
        var reports = FeedbackSettings.of(config).addressOf(name).orElse("postmaster@" + name);
        var check = new DnsCheck(names.dns(), name, HostName.of(config), reports);
        check.arrival();
        check.senders();
        keys.keys().stream()
                .filter(key -> key.domain().equals(name) && !key.state().equals("retired"))
                .forEach(check::dkim);
        check.transport(tlsa());
        check.services(wire.listeners());
        return check.lines();
    }

    private String tlsa() {
        return certificates.certificates().stream()
                .map(CertificateInfo::tlsa)
                .filter(tlsa -> !tlsa.isEmpty())
                .findFirst()
                .orElse("");
    }
}
