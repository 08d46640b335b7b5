package org.mailroom.web.self;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Set;
import org.mailroom.admin.NewApplicationPassword;

/** The form for a program's password: one's own, or for somebody else. */
@Named
@RequestScoped
public class ApplicationForm {
    private static final int LONGEST = 3650;

    private String name = "";
    private String days = "";
    private String[] services = {"imap", "smtp", "pop3"};

    public NewApplicationPassword wish() {
        return new NewApplicationPassword(name, Set.of(services), time());
    }

    /** What is no number is one that is refused. */
    private int time() {
        return days.isBlank() ? 0 : days.strip().matches("\\d{1,4}") ? Integer.parseInt(days.strip()) : LONGEST + 1;
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
