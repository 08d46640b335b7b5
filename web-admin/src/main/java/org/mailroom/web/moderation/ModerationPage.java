package org.mailroom.web.moderation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.HeldMessage;
import org.mailroom.admin.ModerationAdmin;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Messages to groups about which the reader may decide. */
@Named
@RequestScoped
public class ModerationPage {
    @Inject
    private ModerationAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    public List<HeldMessage> getHeld() {
        return admin.held();
    }

    public void approve() {
        tried("moderation.approved", () -> admin.approve(chosen("approve")));
    }

    public void refuse() {
        tried("moderation.refused", () -> admin.refuse(chosen("refuse"), ""));
    }

    private long chosen(String button) {
        return Long.parseLong(here.chosen(button).replaceAll("\\D|^$", "0"));
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(String said, Deed deed) {
        try {
            deed.go();
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }
}
