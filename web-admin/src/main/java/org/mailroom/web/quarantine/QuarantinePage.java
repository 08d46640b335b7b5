package org.mailroom.web.quarantine;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.QuarantineAdmin;
import org.mailroom.admin.QuarantineEntry;
import org.mailroom.web.site.Rows;

/** Mail that was set aside, page by page. */
@Named
@ViewScoped
public class QuarantinePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private QuarantineAdmin admin;

    private transient @Nullable Rows<QuarantineEntry> rows;

    public Rows<QuarantineEntry> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>(admin::entries);
            rows = known;
        }
        return known;
    }
}
