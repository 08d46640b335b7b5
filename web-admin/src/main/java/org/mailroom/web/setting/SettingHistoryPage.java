package org.mailroom.web.setting;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.SettingChange;
import org.mailroom.admin.SettingsAdmin;
import org.mailroom.web.site.Rows;

/** What changed in the settings from one start to the next. */
@Named
@ViewScoped
public class SettingHistoryPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private SettingsAdmin admin;

    private String filter = "";
    private transient @Nullable Rows<SettingChange> rows;

    public Rows<SettingChange> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> admin.history(filter, offset, limit));
            rows = known;
        }
        return known;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }
}
