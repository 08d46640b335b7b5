package org.mailroom.web.directory;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DirectoryAdmin;
import org.mailroom.admin.DirectoryInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** All directories; a new one begins with its name. */
@Named
@RequestScoped
public class DirectoriesPage {
    @Inject
    private DirectoryAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private String name = "";

    public List<DirectoryInfo> getDirectories() {
        return admin.all();
    }

    /** To the form; nothing is kept before that is saved. */
    public void begin() {
        here.go(links.directory(name.strip()));
    }

    public void remove() {
        String gone = here.chosen("remove");
        try {
            admin.remove(gone);
            notices.done(texts.of("directories.removed", gone));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
