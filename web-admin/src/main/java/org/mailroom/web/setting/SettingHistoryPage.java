package org.mailroom.web.setting;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.mailroom.admin.Page;
import org.mailroom.admin.SettingChange;
import org.mailroom.admin.SettingsAdmin;
import org.mailroom.web.site.Narrowed;

/** What changed in the settings from one start to the next. */
@Named
@ViewScoped
public class SettingHistoryPage extends Narrowed<SettingChange> {
    private static final long serialVersionUID = 1L;

    @Inject
    private SettingsAdmin admin;

    @Override
    protected Page<SettingChange> page(String word, int offset, int limit) {
        return admin.history(word, offset, limit);
    }
}
