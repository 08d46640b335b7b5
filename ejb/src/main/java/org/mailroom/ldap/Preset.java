package org.mailroom.ldap;

import java.util.Locale;

/** Mappings to begin with. */
public enum Preset {
    /** RFC 2798, as OpenLDAP and its kin serve it. */
    OPENLDAP("""
            person = (objectClass=inetOrgPerson)
            id = entryUUID
            login = uid
            addresses = mail
            name = displayName cn
            membership = member
            group = (|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))
            member = member uniqueMember
            group-name = cn
            group-address = mail
            """),
    /** Without Administrator, Guest and krbtgt. Of userAccountControl, 2 is ACCOUNTDISABLE (MS-ADTS §2.2.16). */
    ACTIVE_DIRECTORY("""
            person = (&(objectCategory=person)(objectClass=user)(!(isCriticalSystemObject=TRUE)))
            id = objectGUID
            login = userPrincipalName sAMAccountName
            addresses = proxyAddresses mail
            name = displayName cn
            disabled = userAccountControl&2
            expires = accountExpires
            membership = in-chain
            group = (objectClass=group)
            member = member
            group-name = cn
            group-address = proxyAddresses mail
            """);

    private final String mapping;

    Preset(String mapping) {
        this.mapping = mapping;
    }

    public String mapping() {
        return mapping;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Preset of(String word) throws BadSource {
        for (var preset : values()) {
            if (preset.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return preset;
            }
        }
        throw new BadSource("A preset is openldap or active-directory");
    }
}
