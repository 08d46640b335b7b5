package org.mailroom.admin;

import java.util.List;

/** An address that leads to others. */
public record AliasInfo(String address, List<String> targets) {
    public AliasInfo {
        targets = List.copyOf(targets);
    }
}
