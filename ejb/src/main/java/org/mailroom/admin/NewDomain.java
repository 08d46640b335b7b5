package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;

/** What belongs to every domain of ours: the addresses under which others reach those who run it (RFC 2142). */
@Dependent
public class NewDomain {
    /** RFC 5321 §4.5.1 demands the first; RFC 2142 §4 the second. */
    static final List<String> REQUIRED = List.of("postmaster", "abuse");

    /** Whether every domain has the address; removed it cannot be, only given to somebody else. */
    static boolean isRequired(String address) {
        return REQUIRED.contains(address.substring(0, address.indexOf('@')));
    }

    @Inject
    private Domains domains;

    @Inject
    private Accounts accounts;

    @Inject
    private Audit audit;

    /** False where it was there. */
    boolean add(MailDomain domain) {
        if (!domains.add(domain, false)) {
            return false;
        }
        audit.write("domain.add", domain.name(), "");
        accounts.firstWith(Role.ADMINISTRATOR).ifPresent(administrator -> alias(domain, administrator));
        return true;
    }

    /** Gives the required addresses that nobody has to the account. */
    void alias(MailDomain domain, MailAddress account) {
        for (var name : REQUIRED) {
            var alias = new MailAddress(name, domain.name());
            if (accounts.holder(alias).isEmpty()) {
                accounts.alias(account, alias);
                audit.write("account.alias", account.toString(), "alias=" + alias);
            }
        }
    }
}
