package org.mailroom.web.policy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ListAdmin;
import org.mailroom.admin.ListInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Senders and recipients that are always or never wanted. */
@Named
@RequestScoped
public class ListsPage {
    @Inject
    private ListAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String owner = "";
    private String subject = "sender";
    private String pattern = "";
    private String answer = "block";

    public List<ListInfo> getEntries() {
        return admin.entries("");
    }

    public void put() {
        try {
            admin.put(new ListInfo(0, owner, subject, pattern, answer.equals("allow")));
            notices.done(texts.of("lists.saved", pattern.strip()));
            here.again();
        } catch (AdminException refused) {
            // What was typed stays.
            notices.problem(refused.text());
        }
    }

    public void remove() {
        var gone = here.chosen("remove");
        try {
            admin.remove(gone.matches("\\d{1,18}") ? Long.parseLong(gone) : 0);
            notices.done(texts.of("lists.removed"));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }

    public String getSubject() {
        return subject;
    }

    public void setSubject(String subject) {
        this.subject = subject;
    }

    public String getPattern() {
        return pattern;
    }

    public void setPattern(String pattern) {
        this.pattern = pattern;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(String answer) {
        this.answer = answer;
    }
}
