package org.mailroom.web.setting;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.SettingInfo;
import org.mailroom.admin.SettingsAdmin;

/** Every key of the configuration, and what holds. */
@Named
@RequestScoped
public class SettingsPage {
    @Inject
    private SettingsAdmin admin;

    private String filter = "";
    private @Nullable List<SettingInfo> all;
    private @Nullable List<SettingInfo> settings;

    public List<SettingInfo> getSettings() {
        var known = settings;
        if (known == null) {
            known = all().stream().filter(this::fits).toList();
            settings = known;
        }
        return known;
    }

    private List<SettingInfo> all() {
        var known = all;
        if (known == null) {
            known = admin.settings();
            all = known;
        }
        return known;
    }

    /** How many are written otherwise by now than they were at the start. */
    public long getWaiting() {
        return all().stream().filter(setting -> setting.waiting() != null).count();
    }

    public String getProblem() {
        return admin.problem();
    }

    /** "set" stands for those that somebody has set, "waiting" for those that wait for a start. */
    private boolean fits(SettingInfo setting) {
        var wanted = filter.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "set" -> !setting.source().equals("default");
            case "waiting" -> setting.waiting() != null;
            default ->
                (setting.key() + " " + setting.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted);
        };
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }
}
