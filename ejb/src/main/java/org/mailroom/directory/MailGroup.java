package org.mailroom.directory;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A distribution list. */
@Entity
@Table(name = "mail_group")
class MailGroup {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    @Column(name = "local_part", nullable = false)
    private String localPart;

    @Column(name = "display_name", nullable = false)
    private String displayName = "";

    @Column(name = "who_may_send", nullable = false)
    private String whoMaySend = WhoMaySend.ANYBODY.word();

    @Column(name = "owner")
    private @Nullable String owner;

    @ElementCollection
    @CollectionTable(name = "group_member", joinColumns = @JoinColumn(name = "group_id"))
    @Column(name = "address")
    private Set<String> members = new LinkedHashSet<>();

    @ElementCollection
    @CollectionTable(name = "group_moderator", joinColumns = @JoinColumn(name = "group_id"))
    @Column(name = "address")
    private Set<String> moderators = new LinkedHashSet<>();

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected MailGroup() {}

    MailGroup(Domain domain, String localPart, Instant created) {
        this.domain = domain;
        this.localPart = localPart;
        this.created = created;
    }

    String address() {
        return new MailAddress(localPart, domain.name()).toString();
    }

    String displayName() {
        return displayName;
    }

    WhoMaySend whoMaySend() {
        return WhoMaySend.of(whoMaySend);
    }

    @Nullable
    String owner() {
        return owner;
    }

    List<String> members() {
        return members.stream().sorted().toList();
    }

    void describe(String newDisplayName, WhoMaySend newWhoMaySend, @Nullable String newOwner) {
        displayName = newDisplayName;
        whoMaySend = newWhoMaySend.word();
        owner = newOwner;
    }

    void members(Collection<String> newMembers) {
        members.retainAll(newMembers);
        members.addAll(newMembers);
    }

    List<String> moderators() {
        return moderators.stream().sorted().toList();
    }

    void moderators(Collection<String> newModerators) {
        moderators.retainAll(newModerators);
        moderators.addAll(newModerators);
    }
}
