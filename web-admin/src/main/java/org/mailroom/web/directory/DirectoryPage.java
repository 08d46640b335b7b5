package org.mailroom.web.directory;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DirectoryAdmin;
import org.mailroom.admin.DirectoryInfo;
import org.mailroom.admin.DirectoryStep;
import org.mailroom.admin.DirectorySync;
import org.mailroom.admin.DirectoryWish;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** One directory, named by the path: its settings, what a trial shows, and what a comparison would do or did. */
@Named
@RequestScoped
public class DirectoryPage {
    private static final String YES = "yes";
    private static final String NO = "no";
    private static final int LINES = 5;

    @Inject
    private DirectoryAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private @Nullable Optional<DirectoryInfo> found;
    private List<DirectoryStep> steps = List.of();
    private @Nullable DirectorySync run;

    private String domains = "";
    private String servers = "";
    private String startTls = YES;
    private String trust = "";
    private String bind = "";
    private String password = "";
    private String base = "";
    private String preset = "";
    private String mapping = "";
    private String adopts = NO;
    private String syncMinutes = "60";
    private String removalLimit = "10";
    private String enabled = YES;

    /** On the first request, and where another form than the settings' was sent: it brings none of their fields along. */
    public void load() {
        var info = found();
        info.ifPresent(this::fill);
        if (info.isEmpty()) {
            preset = "active-directory";
        }
    }

    private Optional<DirectoryInfo> found() {
        var known = found;
        if (known == null) {
            known = admin.find(here.subject());
            found = known;
        }
        return known;
    }

    private void fill(DirectoryInfo info) {
        domains = String.join(" ", info.domains());
        servers = String.join("\n", info.servers());
        startTls = info.startTls() ? YES : NO;
        bind = info.bind();
        base = info.base();
        mapping = info.mapping();
        adopts = info.adopts() ? YES : NO;
        syncMinutes = String.valueOf(info.syncMinutes());
        removalLimit = String.valueOf(info.removalLimit());
        enabled = info.enabled() ? YES : NO;
    }

    /** Null where there is none of this name yet. */
    public @Nullable DirectoryInfo getInfo() {
        return found().orElse(null);
    }

    public void save() {
        try {
            admin.put(new DirectoryWish(
                    here.subject(),
                    words(domains),
                    words(servers),
                    startTls.equals(YES),
                    trust.isBlank() ? null : trust,
                    bind,
                    password.isEmpty() ? null : password,
                    base,
                    preset,
                    mapping,
                    Map.of(),
                    adopts.equals(YES),
                    number(syncMinutes),
                    number(removalLimit),
                    enabled.equals(YES)));
            notices.done(texts.of("directory.saved", here.subject()));
            here.again();
        } catch (AdminException refused) {
            // What was typed stays.
            notices.problem(refused.text());
        }
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What is no number is refused with those that are out of bounds. */
    private static int number(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : -1;
    }

    /** Step by step; what is kept is tried, not what was typed. */
    public void test() {
        load();
        try {
            steps = admin.test(here.subject());
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    public void dryRun() {
        compare(true);
    }

    public void run() {
        compare(false);
    }

    private void compare(boolean dry) {
        load();
        try {
            run = admin.sync(here.subject(), dry);
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    public List<DirectoryStep> getSteps() {
        return steps;
    }

    /** What was just compared; null where nothing was. */
    public @Nullable DirectorySync getRun() {
        return run;
    }

    public List<ReportLine> getLines() {
        var shown = run;
        return shown == null
                ? List.of()
                : shown.report().stream().map(ReportLine::of).toList();
    }

    /** The last comparisons, the newest first. */
    public List<DirectorySync> getHistory() {
        try {
            return found().isEmpty() ? List.of() : admin.syncs(here.subject());
        } catch (AdminException gone) {
            return List.of();
        }
    }

    /** The first lines of what it told. */
    public List<String> some(DirectorySync past) {
        return past.report().stream().limit(LINES).toList();
    }

    public String tone(String outcome) {
        return outcome.equals("done") ? "good" : "bad";
    }

    public String getDomains() {
        return domains;
    }

    public void setDomains(String domains) {
        this.domains = domains;
    }

    public String getServers() {
        return servers;
    }

    public void setServers(String servers) {
        this.servers = servers;
    }

    public String getStartTls() {
        return startTls;
    }

    public void setStartTls(String startTls) {
        this.startTls = startTls;
    }

    /** Certificates are not shown again: empty leaves them as they are. */
    public String getTrust() {
        return trust;
    }

    public void setTrust(String trust) {
        this.trust = trust;
    }

    public String getBind() {
        return bind;
    }

    public void setBind(String bind) {
        this.bind = bind;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getBase() {
        return base;
    }

    public void setBase(String base) {
        this.base = base;
    }

    public String getPreset() {
        return preset;
    }

    public void setPreset(String preset) {
        this.preset = preset;
    }

    public String getMapping() {
        return mapping;
    }

    public void setMapping(String mapping) {
        this.mapping = mapping;
    }

    public String getAdopts() {
        return adopts;
    }

    public void setAdopts(String adopts) {
        this.adopts = adopts;
    }

    public String getSyncMinutes() {
        return syncMinutes;
    }

    public void setSyncMinutes(String syncMinutes) {
        this.syncMinutes = syncMinutes;
    }

    public String getRemovalLimit() {
        return removalLimit;
    }

    public void setRemovalLimit(String removalLimit) {
        this.removalLimit = removalLimit;
    }

    public String getEnabled() {
        return enabled;
    }

    public void setEnabled(String enabled) {
        this.enabled = enabled;
    }
}
