package org.mailroom.web.node;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.NodeAdmin;
import org.mailroom.admin.NodeInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The servers on one database. */
@Named
@RequestScoped
public class NodesPage {
    @Inject
    private NodeAdmin admin;

    @Inject
    private Here here;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    public List<NodeInfo> getNodes() {
        return admin.nodes();
    }

    private interface Deed {
        void perform() throws AdminException;
    }

    public void drain() {
        var name = here.chosen("drain");
        change(() -> admin.drain(name, true), "nodes.drained", name);
    }

    public void resume() {
        var name = here.chosen("resume");
        change(() -> admin.drain(name, false), "nodes.resumed", name);
    }

    public void forget() {
        var name = here.chosen("forget");
        change(() -> admin.forget(name), "nodes.forgotten", name);
    }

    private void change(Deed deed, String done, String name) {
        try {
            deed.perform();
            notices.done(texts.of(done, name));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }
}
