package org.mailroom.web.listener;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.ListenerAdmin;
import org.mailroom.admin.ListenerInfo;

/** The ports for mail, whether they are open, and what they show. */
@Named
@RequestScoped
public class ListenersPage {
    @Inject
    private ListenerAdmin admin;

    private @Nullable List<ListenerInfo> listeners;

    public List<ListenerInfo> getListeners() {
        var known = listeners;
        if (known == null) {
            known = admin.listeners();
            listeners = known;
        }
        return known;
    }

    /** The colour of a state. */
    public String tone(ListenerInfo one) {
        return switch (one.state()) {
            case "open" -> "good";
            case "draining" -> "slow";
            default -> "bad";
        };
    }
}
