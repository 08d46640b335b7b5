package org.mailroom.web.group;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AddressAdmin;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.GroupInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** All groups, and a new one. */
@Named
@RequestScoped
public class GroupsPage {
    private static final int MOST = 500;

    @Inject
    private AddressAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private @Nullable List<GroupInfo> found;
    private String address = "";
    private String displayName = "";
    private String whoMaySend = "anybody";
    private String members = "";

    /** What the reader looks for. */
    public String getFilter() {
        return here.parameter("q");
    }

    public List<GroupInfo> getGroups() {
        return found().stream().limit(MOST).toList();
    }

    /** How many fit that are not shown. */
    public int getMore() {
        return Math.max(0, found().size() - MOST);
    }

    private List<GroupInfo> found() {
        var known = found;
        if (known == null) {
            var wanted = getFilter().toLowerCase(Locale.ROOT);
            known = admin.groups().stream()
                    .filter(group -> (group.address() + " " + group.displayName())
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted))
                    .toList();
            found = known;
        }
        return known;
    }

    /** What was typed stays where it was refused. */
    public void add() {
        var wanted = address.strip();
        try {
            if (admin.group(wanted).isPresent()) {
                notices.problem(texts.of("groups.there", wanted));
                return;
            }
            admin.putGroup(new GroupInfo(wanted, displayName, whoMaySend, null, GroupPage.addresses(members)));
            notices.done(texts.of("groups.added", wanted));
            here.go(links.group(wanted));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
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

    public String getWhoMaySend() {
        return whoMaySend;
    }

    public void setWhoMaySend(String whoMaySend) {
        this.whoMaySend = whoMaySend;
    }

    public String getMembers() {
        return members;
    }

    public void setMembers(String members) {
        this.members = members;
    }
}
