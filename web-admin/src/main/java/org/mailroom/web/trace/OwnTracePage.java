package org.mailroom.web.trace;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TracePart;
import org.mailroom.admin.TraceQuery;
import org.mailroom.admin.TraceSummary;

/** Likewise, of what the reader sent and what was for him. */
@Named
@ViewScoped
public class OwnTracePage extends TracePage {
    private static final long serialVersionUID = 1L;

    @Inject
    private TraceAdmin admin;

    @Override
    Set<String> parameters() {
        return Set.of("text", "sender", "recipient", "status", "from", "to");
    }

    @Override
    Page<TraceSummary> search(TraceQuery query, int offset, int limit) {
        try {
            return admin.own(query, offset, limit);
        } catch (AdminException noAccount) {
            return new Page<>(List.of(), 0);
        }
    }

    @Override
    TracePart steps(List<String> ids) throws AdminException {
        return admin.ownMessages(ids);
    }
}
