package org.mailroom.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A company of five hundred in the shape of OpenLDAP: {@code user1@corp.test} and so on, and who belongs to which group. */
public final class SampleCompany {
    public static final String BASE = "dc=corp,dc=test";
    public static final int PEOPLE = 500;

    private SampleCompany() {}

    public static String dn(int number) {
        return "uid=user" + number + ",ou=people," + BASE;
    }

    public static String address(int number) {
        return "user" + number + "@corp.test";
    }

    /** Everybody's has his number in it. */
    public static String password(int number) {
        return "Geheim-" + number;
    }

    /** All entries, parents first, without those of the schema's own. */
    public static List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        entries.add(entry(
                BASE, "objectClass: top", "objectClass: organization", "objectClass: dcObject", "dc: corp", "o: Corp"));
        entries.add(entry("ou=people," + BASE, "objectClass: organizationalUnit", "ou: people"));
        entries.add(entry("ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups"));
        IntStream.rangeClosed(1, PEOPLE).mapToObj(SampleCompany::person).forEach(entries::add);
        entries.add(group("helpdesk", dn(1), dn(2)));
        // Nested: who is on the help desk is in IT, and IT knows its way round to the help desk again.
        entries.add(group("it", dn(3), "cn=helpdesk,ou=groups," + BASE));
        return entries;
    }

    /** The same with addresses in another domain. */
    public static List<Entry> entries(String domain) {
        return entries().stream().map(entry -> in(domain, entry)).toList();
    }

    public static Entry in(String domain, Entry entry) {
        var copy = entry.duplicate();
        var mail = copy.getAttributeValues("mail");
        if (mail != null) {
            copy.setAttribute(
                    "mail",
                    List.of(mail).stream()
                            .map(address -> address.replace("@corp.test", "@" + domain))
                            .toList());
        }
        return copy;
    }

    public static Entry person(int number) {
        return entry(
                dn(number),
                "objectClass: inetOrgPerson",
                "uid: user" + number,
                "cn: User " + number,
                "sn: " + number,
                "displayName: Úser " + number,
                "mail: " + address(number),
                "mail: first" + number + "@corp.test",
                "userPassword: " + password(number));
    }

    public static Entry group(String name, String... members) {
        var entry = entry("cn=" + name + ",ou=groups," + BASE, "objectClass: groupOfNames", "cn: " + name);
        entry.addAttribute("member", members);
        return entry;
    }

    private static Entry entry(String dn, String... lines) {
        var ldif = new ArrayList<String>();
        ldif.add("dn: " + dn);
        ldif.addAll(List.of(lines));
        try {
            return new Entry(ldif.toArray(String[]::new));
        } catch (com.unboundid.ldif.LDIFException e) {
            throw new IllegalStateException(e);
        }
    }
}
