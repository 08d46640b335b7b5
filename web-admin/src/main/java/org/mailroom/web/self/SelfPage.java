package org.mailroom.web.self;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApplicationPasswordAdmin;
import org.mailroom.admin.ApplicationPasswordInfo;
import org.mailroom.admin.SelfService;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The reader's own password, and those of his programs. */
@Named
@RequestScoped
public class SelfPage {
    @Inject
    private SelfService self;

    @Inject
    private ApplicationPasswordAdmin applications;

    @Inject
    private ApplicationForm form;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String present = "";
    private String wanted = "";
    private String language = "";

    public List<ApplicationPasswordInfo> getApplications() throws AdminException {
        return applications.own();
    }

    public void changePassword() {
        var request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        tried(() -> {
            self.changePassword(present, wanted, request.getRemoteAddr());
            notices.done(texts.of("self.passwordChanged"));
        });
    }

    public void chooseLanguage() {
        tried(() -> {
            self.chooseLanguage(language);
            notices.done(texts.of("self.languageChosen"));
        });
    }

    /** As it is kept, until something was chosen in the form. */
    public void load() {
        language = self.language();
    }

    public void add() {
        tried(() -> {
            var made = applications.addOwn(form.wish());
            notices.secret(texts.of("self.made", form.getName().strip()), String.valueOf(made.password()));
        });
    }

    public void revoke() {
        tried(() -> {
            applications.removeOwn(Long.parseLong(here.chosen("revoke").replaceAll("\\D|^$", "0")));
            notices.done(texts.of("self.revoked"));
        });
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(Deed deed) {
        try {
            deed.go();
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getPresent() {
        return present;
    }

    public void setPresent(String present) {
        this.present = present;
    }

    public String getWanted() {
        return wanted;
    }

    public void setWanted(String wanted) {
        this.wanted = wanted;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }
}
