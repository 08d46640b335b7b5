package org.mailroom.web.quarantine;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.QuarantineAdmin;
import org.mailroom.admin.QuarantineEntry;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** One message in quarantine, named by the path. */
@Named
@RequestScoped
public class KeptPage {
    @Inject
    private QuarantineAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private Optional<QuarantineEntry> entry = Optional.empty();

    /** Called before the page is written. One that somebody else has just let go is no error. */
    public void load() {
        try {
            entry = Optional.of(admin.show(id()));
        } catch (AdminException gone) {
            notices.problem(texts.of("quarantine.gone"));
            back();
        }
    }

    /** Also asked for before the deed is done, when nothing has been read yet: then null, at which the page shows nothing. */
    public @Nullable QuarantineEntry getEntry() {
        return entry.orElse(null);
    }

    public void release() {
        done(() -> admin.release(id()), "quarantine.released");
    }

    public void delete() {
        done(() -> admin.delete(id()), "quarantine.deleted");
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws AdminException;
    }

    private void done(Deed deed, String said) {
        try {
            deed.run();
            notices.done(texts.of(said));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        back();
    }

    private void back() {
        here.go(links.to("/quarantine"));
    }

    /** 0 where the path names none. */
    private long id() {
        var subject = here.subject();
        return subject.matches("\\d{1,18}") ? Long.parseLong(subject) : 0;
    }
}
