package org.mailroom.web.self;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApplicationPasswordAdmin;
import org.mailroom.admin.ApplicationPasswordInfo;
import org.mailroom.admin.NewApplicationPassword;
import org.mailroom.admin.SelfService;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** The reader's own password, and those of his programs. */
@Named
@RequestScoped
public class SelfPage {
    private static final int LONGEST = 3650;

    @Inject
    private SelfService self;

    @Inject
    private ApplicationPasswordAdmin applications;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String present = "";
    private String wanted = "";
    private String language = "";
    private String name = "";
    private String days = "";
    private String[] services = {"imap", "smtp", "pop3"};

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
            var made = applications.addOwn(new NewApplicationPassword(name, Set.of(services), days()));
            notices.secret(texts.of("self.made", name.strip()), String.valueOf(made.password()));
        });
    }

    /** What is no number is one that is refused. */
    private int days() {
        return days.isBlank() ? 0 : days.strip().matches("\\d{1,4}") ? Integer.parseInt(days.strip()) : LONGEST + 1;
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

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getDays() {
        return days;
    }

    public void setDays(String days) {
        this.days = days;
    }

    public String[] getServices() {
        return services.clone();
    }

    public void setServices(String[] services) {
        this.services = services.clone();
    }
}
