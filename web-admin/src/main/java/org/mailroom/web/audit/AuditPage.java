package org.mailroom.web.audit;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.mailroom.admin.AuditAdmin;
import org.mailroom.admin.AuditInfo;
import org.mailroom.admin.Page;
import org.mailroom.web.site.Narrowed;

/** Who changed what, newest first. */
@Named
@ViewScoped
public class AuditPage extends Narrowed<AuditInfo> {
    private static final long serialVersionUID = 1L;

    @Inject
    private AuditAdmin admin;

    @Override
    protected Page<AuditInfo> page(String word, int offset, int limit) {
        return admin.entries(word, offset, limit);
    }
}
