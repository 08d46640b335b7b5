package org.mailroom.web.certificate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AcmeAdmin;
import org.mailroom.admin.AcmeInfo;
import org.mailroom.admin.AdminException;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Certificates from an authority that gives them by itself: who that is, and how the last order went. */
@Named
@RequestScoped
public class AcmePage {
    @Inject
    private AcmeAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private @Nullable AcmeInfo state;
    private @Nullable String directory;
    private @Nullable String contact;
    private @Nullable String names;
    private boolean agreed;

    private interface Deed {
        void run() throws AdminException;
    }

    private boolean done(String text, Deed deed) {
        try {
            deed.run();
            notices.done(texts.of(text));
            return true;
        } catch (AdminException refused) {
            notices.problem(refused.text());
            return false;
        }
    }

    /** What was typed stays in its fields where it is refused. */
    public void save() {
        if (done("acme.saved", () -> admin.put(getDirectory(), getContact(), words(getNames()), agreed))) {
            here.again();
        }
    }

    public void order() {
        done("acme.begun", () -> admin.order());
        here.again();
    }

    public void remove() {
        done("acme.gone", () -> admin.remove());
        here.again();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,;\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public AcmeInfo getState() {
        var known = state;
        if (known == null) {
            known = admin.state();
            state = known;
        }
        return known;
    }

    /** Whether the terms are a page that can be opened. */
    public boolean isLinked() {
        return getState().terms().matches("https?://.*");
    }

    public String getTone() {
        return switch (getState().state()) {
            case "issued" -> "good";
            case "failed" -> "bad";
            default -> "slow";
        };
    }

    public String getDirectory() {
        var typed = directory;
        return typed == null ? getState().directory() : typed;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public String getContact() {
        var typed = contact;
        return typed == null ? getState().contact() : typed;
    }

    public void setContact(String contact) {
        this.contact = contact;
    }

    public String getNames() {
        var typed = names;
        return typed == null ? String.join(" ", getState().names()) : typed;
    }

    public void setNames(String names) {
        this.names = names;
    }

    public boolean isAgreed() {
        return agreed;
    }

    public void setAgreed(boolean agreed) {
        this.agreed = agreed;
    }
}
