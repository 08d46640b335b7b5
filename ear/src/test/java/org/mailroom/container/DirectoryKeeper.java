package org.mailroom.container;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.ldap.BadSource;
import org.mailroom.ldap.LdapDirectory;
import org.mailroom.ldap.Mapping;
import org.mailroom.ldap.Preset;
import org.mailroom.ldap.SourcePlan;
import org.mailroom.ldap.Sources;
import org.mailroom.ldap.Sync;
import org.mailroom.ldap.SyncRun;

/** A directory of others, set up and compared by the beans of the server. */
@Stateless
public class DirectoryKeeper {
    @Inject
    private Sources sources;

    @Inject
    private LdapDirectory directory;

    @Inject
    private Sync sync;

    /** @param port where it listens, on this machine, and tells anybody */
    public void keep(String name, String domain, int port, String base) throws BadSource {
        sources.put(new SourcePlan(
                        0,
                        name,
                        List.of(domain),
                        List.of("ldap://127.0.0.1:" + port),
                        false,
                        "",
                        "",
                        "",
                        base,
                        Mapping.parse(Preset.OPENLDAP.mapping()),
                        false,
                        0,
                        10,
                        true)
                .checked());
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public SyncRun compare(String name, boolean dry) {
        directory.expire();
        return sync.run(name, dry).orElseThrow();
    }
}
