package org.mailroom.web.find;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.FindAdmin;
import org.mailroom.admin.Found;
import org.mailroom.web.security.Me;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Texts;

/** What was found for a word, wherever it stands. */
@Named
@RequestScoped
public class FindPage {
    @Inject
    private FindAdmin admin;

    @Inject
    private Me me;

    @Inject
    private Texts texts;

    @Inject
    private Links links;

    private String word = "";
    private List<Found> found = List.of();

    /** Called once, before the page is written. */
    public void load() throws AdminException {
        found = admin.find(word);
    }

    public List<Found> getFound() {
        return found;
    }

    /** Pages of the console whose names have the word in them. */
    public List<String> getPages() {
        var wanted = word.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                ? List.of()
                : me.getPages().stream()
                        .filter(page -> title(page).toLowerCase(Locale.ROOT).contains(wanted))
                        .toList();
    }

    /** As the navigation calls the page. */
    public String title(String page) {
        return texts.of(page.equals("/") ? "nav.dashboard" : "nav." + page.substring(1));
    }

    public boolean isAddress() {
        return word.indexOf('@') > 0 && !word.startsWith("<");
    }

    public String link(Found one) {
        return switch (one.kind()) {
            case "account" -> links.account(one.id());
            case "domain" -> links.domain(one.id());
            case "alias" -> links.accounts(one.id());
            case "group" -> links.group(one.id());
            case "shared" -> links.to("/shared-mailboxes");
            case "queue" -> links.to("/queue/" + one.id());
            case "message" -> links.trace(one.id());
            default -> links.settings(one.id());
        };
    }

    public String getWord() {
        return word;
    }

    public void setWord(@Nullable String word) {
        this.word = word == null ? "" : word.strip();
    }
}
