package org.mailroom.web.audit;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AuditAdmin;
import org.mailroom.admin.AuditInfo;
import org.mailroom.web.site.Rows;

/** Who changed what, newest first. */
@Named
@ViewScoped
public class AuditPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private AuditAdmin admin;

    private String filter = "";
    private transient @Nullable Rows<AuditInfo> rows;

    public Rows<AuditInfo> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> admin.entries(filter, offset, limit));
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
