package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Domains;

/** The domains whose mail ends here. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class DomainAdmin {
    @Inject
    private Domains domains;

    @Inject
    private NewDomain newDomain;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<DomainInfo> domains() {
        return domains.list().stream()
                .map(domain -> new DomainInfo(domain.name(), domain.accounts(), domain.created()))
                .toList();
    }

    /** False where it was there; its postmaster and abuse go to the first administrator. */
    public boolean add(String name) throws AdminException {
        return newDomain.add(Texts.domain(name));
    }

    public void remove(String name) throws AdminException {
        var domain = Texts.domain(name);
        switch (domains.remove(domain)) {
            case REMOVED -> audit.write("domain.remove", domain.name(), "");
            case UNKNOWN -> throw new AdminException(Kind.NOT_FOUND, "There is no domain " + domain);
            case HAS_ACCOUNTS ->
                throw new AdminException(Kind.CONFLICT, "The domain " + domain + " still has accounts");
        }
    }
}
