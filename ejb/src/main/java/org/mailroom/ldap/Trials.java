package org.mailroom.ldap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.config.Secrets;

/** Tries directories, and seals the passwords with which they are searched. */
@ApplicationScoped
public class Trials {
    @Inject
    private LdapDirectory directory;

    @Inject
    private Secrets secrets;

    /** Step by step; waits for the servers, so whoever calls holds nothing. */
    public List<Probe.Step> steps(SourcePlan plan) {
        return new Probe(plan, directory.password(plan), directory.settings()).steps();
    }

    public String seal(String name, String password) {
        return password.isEmpty() ? "" : secrets.seal("directory " + name, password);
    }
}
