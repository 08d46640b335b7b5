package org.mailroom.web.site;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the last action did, kept until a page has shown it once: a redirect lies between. */
@Named
@SessionScoped
public class Notices implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Notice> waiting = new ArrayList<>();

    public synchronized void done(String text) {
        waiting.add(new Notice("done", text, ""));
    }

    /** A fact with a secret that is never shown again, as a generated password. */
    public synchronized void secret(String text, String secret) {
        waiting.add(new Notice("done", text, secret));
    }

    public synchronized void problem(String text) {
        waiting.add(new Notice("problem", text, ""));
    }

    public synchronized List<Notice> take() {
        var taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** @param secret empty where there is none */
    public record Notice(String kind, String text, String secret) implements Serializable {}
}
