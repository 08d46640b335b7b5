package org.mailroom.admin;

import java.util.List;

/** An account whose mail goes on. */
public record ForwardInfo(String account, boolean keepsCopy, List<String> targets) {
    public ForwardInfo {
        targets = List.copyOf(targets);
    }
}
