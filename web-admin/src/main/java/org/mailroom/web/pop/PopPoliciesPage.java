package org.mailroom.web.pop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.PopPolicyAdmin;
import org.mailroom.admin.PopPolicyInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** What POP3 leaves on the server, of domains and accounts. */
@Named
@RequestScoped
public class PopPoliciesPage {
    @Inject
    private PopPolicyAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String of = "";
    private String expire = "";
    private String show = "";
    private String markSeen = "";

    public List<PopPolicyInfo> getPolicies() {
        return admin.policies();
    }

    /** What the configuration says. */
    public PopPolicyInfo getSite() {
        return admin.site();
    }

    public void put() {
        try {
            var seen = markSeen.isEmpty() ? null : Boolean.valueOf(markSeen);
            admin.put(new PopPolicyInfo(of.strip(), orNull(expire), orNull(show), seen));
            notices.done(texts.of("pop.saved", of.strip()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    private static @Nullable String orNull(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            admin.remove(gone);
            notices.done(texts.of("pop.removed", gone));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getOf() {
        return of;
    }

    public void setOf(String of) {
        this.of = of;
    }

    public String getExpire() {
        return expire;
    }

    public void setExpire(String expire) {
        this.expire = expire;
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = show;
    }

    public String getMarkSeen() {
        return markSeen;
    }

    public void setMarkSeen(String markSeen) {
        this.markSeen = markSeen;
    }
}
