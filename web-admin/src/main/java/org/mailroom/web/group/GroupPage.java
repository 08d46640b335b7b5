package org.mailroom.web.group;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AddressAdmin;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.GroupInfo;
import org.mailroom.admin.GroupMember;
import org.mailroom.admin.Page;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Rows;
import org.mailroom.web.site.Texts;

/** One group: who is in it, who may send to it, who lets through the rest. */
@Named
@ViewScoped
public class GroupPage implements Serializable {
    private static final long serialVersionUID = 1L;

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

    private String displayName = "";
    private String whoMaySend = "";
    private String owner = "";
    private String moderators = "";
    private String joining = "";
    private transient @Nullable GroupInfo group;
    private transient @Nullable Rows<GroupMember> members;

    /** What the forms show first. */
    public void load() throws AdminException {
        var found = admin.group(here.subject()).orElse(null);
        if (found == null) {
            here.missing();
            return;
        }
        group = found;
        displayName = found.displayName();
        whoMaySend = found.whoMaySend();
        owner = Objects.toString(found.owner(), "");
        moderators = String.join(", ", admin.moderators(found.address()));
    }

    public @Nullable GroupInfo getGroup() throws AdminException {
        if (group == null) {
            group = admin.group(here.subject()).orElse(null);
        }
        return group;
    }

    public Rows<GroupMember> getMembers() {
        var known = members;
        if (known == null) {
            known = new Rows<>(this::page);
            members = known;
        }
        return known;
    }

    private Page<GroupMember> page(int offset, int limit) {
        try {
            return admin.members(here.subject(), offset, limit);
        } catch (AdminException gone) {
            return new Page<>(List.of(), 0);
        }
    }

    public void save() {
        tried("groups.saved", address -> {
            var now = admin.group(address).orElseThrow();
            admin.putGroup(new GroupInfo(address, displayName, whoMaySend, owner, now.members()));
            admin.putModerators(address, addresses(moderators));
        });
    }

    public void join() {
        tried("groups.joined", address -> admin.changeMembers(address, addresses(joining), List.of()));
    }

    /** The button names the member. */
    public void leave() {
        tried("groups.left", address -> admin.changeMembers(address, List.of(), List.of(here.chosen("leave"))));
    }

    public void remove() {
        var address = here.subject();
        try {
            admin.removeGroup(address);
            notices.done(texts.of("groups.removed", address));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.go(links.to("/groups"));
    }

    /** Divided by blanks, commas, semicolons or lines. */
    static List<String> addresses(String typed) {
        return Arrays.stream(typed.split("[\\s,;]+"))
                .filter(text -> !text.isBlank())
                .toList();
    }

    private interface Deed {
        void on(String address) throws AdminException;
    }

    private void tried(String said, Deed deed) {
        try {
            deed.on(here.subject());
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.go(links.group(here.subject()));
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

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }

    public String getModerators() {
        return moderators;
    }

    public void setModerators(String moderators) {
        this.moderators = moderators;
    }

    public String getJoining() {
        return joining;
    }

    public void setJoining(String joining) {
        this.joining = joining;
    }
}
