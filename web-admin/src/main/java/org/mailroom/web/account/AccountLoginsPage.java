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
import org.mailroom.web.self.ApplicationForm;
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
    private ApplicationForm form;

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

    /** A password for one of his programs; it is shown this once. */
    public void add() {
        change(address -> {
            var made = passwords.add(address, form.wish());
            notices.secret(texts.of("self.made", form.getName().strip()), String.valueOf(made.password()));
        });
    }

    public void revoke() {
        var id = Long.parseLong(here.chosen("revoke").replaceAll("\\D|^$", "0"));
        change(address -> {
            passwords.remove(address, id);
            notices.done(texts.of("self.revoked"));
        });
    }

    public void resetSecondFactor() {
        change(address -> {
            secondFactors.reset(address);
            notices.done(texts.of("factor.wasReset"));
        });
    }

    private interface Change {
        void on(String address) throws AdminException;
    }

    private void change(Change change) {
        try {
            change.on(here.subject());
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }
}
