package org.mailroom.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApplicationPasswordAdmin;
import org.mailroom.admin.ApplicationPasswordInfo;
import org.mailroom.admin.SecondFactorAdmin;
import org.mailroom.admin.SecondFactorInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** How one account logs in, beside its password. */
@Named
@RequestScoped
public class AccountLoginsPage {
    @Inject
    private ApplicationPasswordAdmin passwords;

    @Inject
    private SecondFactorAdmin secondFactors;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private Optional<SecondFactorInfo> secondFactor = Optional.empty();

    public List<ApplicationPasswordInfo> getApplications() throws AdminException {
        return passwords.of(here.subject());
    }

    public SecondFactorInfo getSecondFactor() throws AdminException {
        if (secondFactor.isEmpty()) {
            secondFactor = Optional.of(secondFactors.of(here.subject()));
        }
        return secondFactor.get();
    }

    public void revoke() {
        var id = Long.parseLong(here.chosen("revoke").replaceAll("\\D|^$", "0"));
        change("self.revoked", address -> passwords.remove(address, id));
    }

    public void resetSecondFactor() {
        change("factor.wasReset", secondFactors::reset);
    }

    private interface Change {
        void on(String address) throws AdminException;
    }

    private void change(String said, Change change) {
        try {
            change.on(here.subject());
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }
}
