package org.mailroom.web.setup;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AccountInfo;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DkimAdmin;
import org.mailroom.admin.DnsAdmin;
import org.mailroom.admin.DnsLine;
import org.mailroom.admin.DomainAdmin;
import org.mailroom.admin.DomainInfo;
import org.mailroom.admin.NewAccount;
import org.mailroom.admin.Page;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/**
 * The first start, step by step. The address says which step it is and for which domain, and everything else is what is there:
 * so it can be left, and taken up again by anybody.
 */
@Named
@RequestScoped
public class SetupPage {
    private static final List<String> STEPS = List.of("domain", "dns", "certificate", "accounts", "clients");
    private static final int SHOWN = 20;

    @Inject
    private DomainAdmin domains;

    @Inject
    private DkimAdmin keys;

    @Inject
    private DnsAdmin dns;

    @Inject
    private AccountAdmin accounts;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Links links;

    @Inject
    private Here here;

    private String name = "";
    private String localPart = "";
    private String displayName = "";
    private @Nullable List<DnsLine> lines;

    /** Called once, before the page is written. */
    public void load() {
        boolean known = STEPS.contains(getStep())
                && (getDomain().isEmpty()
                        ? getStep().equals("domain")
                        : getDomains().stream().anyMatch(domain -> domain.name().equals(getDomain())));
        if (!known) {
            here.missing();
        }
    }

    /** The domain that is added, or was there, gets the keys that its mail is signed with. */
    public void addDomain() {
        try {
            var before = getDomains();
            boolean added = domains.add(name.strip());
            var kept = getDomains().stream()
                    .filter(domain ->
                            added ? !before.contains(domain) : domain.name().equalsIgnoreCase(name.strip()))
                    .map(DomainInfo::name)
                    .findFirst()
                    .orElse(name.strip());
            if (keys.keys(kept).isEmpty()) {
                keys.add(kept, null);
            }
            notices.done(texts.of(added ? "domains.added" : "domains.known", kept));
            here.go(links.setup("dns", kept));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    public void addAccount() {
        try {
            var wanted = localPart.strip();
            var made = accounts.add(new NewAccount(
                    wanted.contains("@") ? wanted : wanted + "@" + getDomain(), displayName.strip(), null));
            var password = made.password();
            if (password == null) {
                notices.problem(texts.of("accounts.known", made.address()));
            } else {
                notices.secret(texts.of("accounts.addedWith", made.address()), password);
            }
            here.again();
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    public String getStep() {
        var subject = here.subject();
        int slash = subject.indexOf('/');
        return subject.isEmpty() ? STEPS.getFirst() : slash < 0 ? subject : subject.substring(0, slash);
    }

    /** Empty as long as none was chosen. */
    public String getDomain() {
        var subject = here.subject();
        int slash = subject.indexOf('/');
        return slash < 0 ? "" : subject.substring(slash + 1);
    }

    /** All of them, in order. */
    public List<Step> getSteps() {
        return STEPS.stream().map(this::step).toList();
    }

    private Step step(String step) {
        return new Step(
                step,
                getDomain().isEmpty() ? links.to("/setup") : links.setup(step, getDomain()),
                step.equals(getStep()),
                !getDomain().isEmpty() || step.equals(STEPS.getFirst()));
    }

    /** Null at the end, and where the form leads on. */
    public @Nullable Step getNext() {
        int next = STEPS.indexOf(getStep()) + 1;
        return next == STEPS.size() || getDomain().isEmpty() ? null : step(STEPS.get(next));
    }

    /** Null at the beginning. */
    public @Nullable Step getPrevious() {
        int at = STEPS.indexOf(getStep());
        return at <= 0 ? null : step(STEPS.get(at - 1));
    }

    public boolean isLast() {
        return getStep().equals(STEPS.getLast());
    }

    public List<DomainInfo> getDomains() {
        return domains.domains();
    }

    public List<DnsLine> getLines() throws AdminException {
        var known = lines;
        if (known == null) {
            known = dns.check(getDomain());
            lines = known;
        }
        return known;
    }

    /** How many records mail cannot do without, and are missing or say something else. */
    public long getWrong() throws AdminException {
        return getLines().stream()
                .filter(line -> line.state().equals("missing") || line.state().equals("other"))
                .count();
    }

    /** The first of those who live in the domain. */
    public Page<AccountInfo> getAccounts() {
        return accounts.accounts("@" + getDomain(), 0, SHOWN);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getLocalPart() {
        return localPart;
    }

    public void setLocalPart(String localPart) {
        this.localPart = localPart;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    /** @param open whether one can go there already */
    public record Step(String name, String address, boolean current, boolean open) {}
}
