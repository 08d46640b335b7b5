package org.mailroom.web.slowed;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.LoginAdmin;
import org.mailroom.admin.SlowedLogin;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Whose logins are slowed, because too many failed. */
@Named
@RequestScoped
public class SlowedLoginsPage {
    @Inject
    private LoginAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    public List<SlowedLogin> getSlowed() {
        return admin.slowed();
    }

    public void lift() {
        var who = here.chosen("lift");
        try {
            admin.lift(who);
            notices.done(texts.of("slowed.lifted", who));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }
}
