package org.mailroom.web.shared;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.SharedMailboxAdmin;
import org.mailroom.admin.SharedMailboxInfo;
import org.mailroom.admin.SharedMailboxMember;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Shared mailboxes and their members. */
@Named
@RequestScoped
public class SharedMailboxesPage {
    @Inject
    private SharedMailboxAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private @Nullable List<SharedMailboxInfo> mailboxes;
    private String address = "";
    private String displayName = "";
    private String of = "";
    private String member = "";
    private String rights = "work";
    private String sends = "no";

    @FunctionalInterface
    private interface Deed {
        void go() throws AdminException;
    }

    /** Says what became of it, and shows the page anew. */
    private void report(Deed deed, String done, Object... values) {
        try {
            deed.go();
            notices.done(texts.of(done, values));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public List<SharedMailboxInfo> getMailboxes() {
        if (mailboxes == null) {
            mailboxes = admin.all();
        }
        return mailboxes;
    }

    public void add() {
        report(() -> admin.put(address, displayName, null), "shared.saved", address.strip());
    }

    public void remove() {
        String gone = here.chosen("remove");
        report(() -> admin.remove(gone), "shared.removed", gone);
    }

    public void grant() {
        report(
                () -> admin.member(of, new SharedMailboxMember(member, rights, sends)),
                "shared.granted",
                member.strip(),
                of);
    }

    /** The button names mailbox and member. */
    public void revoke() {
        var chosen = here.chosen("revoke").split(" ", 2);
        report(
                () -> admin.removeMember(chosen[0], chosen[chosen.length - 1]),
                "shared.revoked",
                chosen[chosen.length - 1],
                chosen[0]);
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getOf() {
        return of;
    }

    public void setOf(String of) {
        this.of = of;
    }

    public String getMember() {
        return member;
    }

    public void setMember(String member) {
        this.member = member;
    }

    public String getRights() {
        return rights;
    }

    public void setRights(String rights) {
        this.rights = rights;
    }

    public String getSends() {
        return sends;
    }

    public void setSends(String sends) {
        this.sends = sends;
    }
}
