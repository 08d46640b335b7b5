package org.mailroom.admin;

import java.util.List;

/** Domains that share what they may use. */
public record TenantInfo(String name, List<String> domains) {
    public TenantInfo {
        domains = List.copyOf(domains);
    }
}
