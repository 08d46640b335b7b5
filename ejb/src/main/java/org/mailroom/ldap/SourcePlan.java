package org.mailroom.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A directory of others and how it is used.
 *
 * @param id 0 before it is kept
 * @param name for people
 * @param domains of ours, whose accounts live there
 * @param servers {@code ldap://host:389} and {@code ldaps://host:636}, in the order in which they are tried
 * @param startTls whether ldap:// goes on only under TLS
 * @param trust certificates in PEM; empty: whom the JDK trusts
 * @param bindDn who searches; empty: nobody in particular
 * @param sealedPassword of the one who searches, as it is kept
 * @param baseDn below which everybody is
 * @param adopts whether local accounts of the same address become the directory's
 * @param syncMinutes between comparisons of the whole; 0: only by hand
 * @param removalLimit in percent of those who live there: when more than these are gone, none is believed to be
 * @param enabled whether it is asked at all
 */
public record SourcePlan(
        long id,
        String name,
        List<String> domains,
        List<String> servers,
        boolean startTls,
        String trust,
        String bindDn,
        String sealedPassword,
        String baseDn,
        Mapping mapping,
        boolean adopts,
        int syncMinutes,
        int removalLimit,
        boolean enabled) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_SERVERS = 10;
    private static final int LONGEST_TRUST = 262_144;

    public SourcePlan {
        domains = List.copyOf(domains);
        servers = List.copyOf(servers);
    }

    /** This one, if a directory can be asked so. */
    public SourcePlan checked() throws BadSource {
        if (!NAME.matcher(name).matches()) {
            throw new BadSource("The name of a directory is made of a to z, 0 to 9 and -, at most 40");
        }
        if (servers.isEmpty() || servers.size() > MOST_SERVERS) {
            throw new BadSource(
                    "A directory has a server, such as ldaps://directory.example.org, and at most " + MOST_SERVERS);
        }
        for (var server : servers) {
            url(server);
        }
        if (baseDn.isEmpty() || !DN.isValidDN(baseDn)) {
            throw new BadSource("The base is a DN such as dc=example,dc=org");
        }
        if (bindDn.length() > 1000 || bindDn.chars().anyMatch(Character::isISOControl)) {
            throw new BadSource("Who searches is a DN, or with Active Directory user@domain");
        }
        if (bindDn.isEmpty() != sealedPassword.isEmpty()) {
            throw new BadSource("Who searches has a name and a password, or neither");
        }
        if (syncMinutes < 0 || syncMinutes > 100_000 || removalLimit < 0 || removalLimit > 100) {
            throw new BadSource("Minutes between comparisons are 0 or more, the limit on removals is 0 to 100 percent");
        }
        if (trust.length() > LONGEST_TRUST) {
            throw new BadSource("The trusted certificates are longer than " + LONGEST_TRUST + " characters");
        }
        Trust.of(trust);
        return this;
    }

    /** This one with a single server. */
    SourcePlan at(String server) {
        return new SourcePlan(
                id,
                name,
                domains,
                List.of(server),
                startTls,
                trust,
                bindDn,
                sealedPassword,
                baseDn,
                mapping,
                adopts,
                syncMinutes,
                removalLimit,
                enabled);
    }

    /** One of the servers, taken apart. */
    record Server(String host, int port, boolean ldaps) {}

    static Server url(String server) throws BadSource {
        try {
            var url = new LDAPURL(server);
            var scheme = url.getScheme().toLowerCase(Locale.ROOT);
            var host = url.getHost();
            if (host == null
                    || !url.hostProvided()
                    || !(scheme.equals("ldap") || scheme.equals("ldaps"))
                    || url.baseDNProvided()) {
                throw new BadSource("A server is ldap://host, ldaps://host, or one of these with :port");
            }
            return new Server(host, url.getPort(), scheme.equals("ldaps"));
        } catch (LDAPException e) {
            throw new BadSource("A server is ldap://host, ldaps://host, or one of these with :port");
        }
    }

    /** Where the sealed password belongs. */
    public String place() {
        return "directory " + name;
    }

    /** Without secrets and certificates, for the audit log. */
    @Override
    public String toString() {
        return name + " servers=" + String.join(" ", servers) + " start-tls=" + startTls + " bind=" + bindDn + " base="
                + baseDn + " domains=" + String.join(" ", domains) + " adopts=" + adopts + " sync=" + syncMinutes
                + " removal-limit=" + removalLimit + " enabled=" + enabled + " mapping="
                + mapping.text().strip().replace("\n", "; ");
    }
}
