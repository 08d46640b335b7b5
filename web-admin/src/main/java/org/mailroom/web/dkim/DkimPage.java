package org.mailroom.web.dkim;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DkimAdmin;
import org.mailroom.admin.DkimKeyInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Keys with which mail of our domains is signed. */
@Named
@RequestScoped
public class DkimPage {
    @Inject
    private DkimAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String domain = "";
    private String algorithm = "";

    public List<DkimKeyInfo> getKeys() {
        return admin.keys();
    }

    private interface Deed {
        void run() throws AdminException;
    }

    private void go(String done, String about, Deed deed) {
        try {
            deed.run();
            notices.done(texts.of(done, about));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    /** Makes keys, for the first time or to take the place of others. */
    public void add() {
        go("dkim.added", domain.strip(), () -> admin.add(domain.strip(), algorithm));
    }

    public void activate() {
        var key = chosen("activate");
        go("dkim.activated", key[1], () -> admin.activate(key[0], key[1], false));
    }

    public void retire() {
        var key = chosen("retire");
        go("dkim.retired.done", key[1], () -> admin.retire(key[0], key[1]));
    }

    public void remove() {
        var key = chosen("remove");
        go("dkim.removed", key[1], () -> admin.remove(key[0], key[1], false));
    }

    /** Domain and selector. */
    private String[] chosen(String button) {
        return (here.chosen(button) + " ").split(" ", 3);
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getAlgorithm() {
        return algorithm;
    }

    public void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }
}
