package org.mailroom.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How entries of a directory are read: lines {@code what = attribute}, as an administrator writes them.
 *
 * <ul>
 *   <li>{@code person}, {@code group}: filters (RFC 4515) of the entries that count
 *   <li>{@code id}: what stays the same when an entry is renamed
 *   <li>{@code login}: names without an @ are completed by the domain
 *   <li>{@code login-domain}: endings of logins that are no mail domains, such as the UPN suffix {@code corp.local}
 *   <li>{@code addresses}, {@code group-address}: the first that is in a domain of ours is its own, or the one marked {@code SMTP:}
 *   <li>{@code name}, {@code group-name}: the first attribute that is there
 *   <li>{@code quota}: octets, or with K, M, G
 *   <li>{@code disabled}: {@code attribute=value}, {@code attribute=*}, or {@code attribute&bits}
 *   <li>{@code expires}: until when the account may be used, in intervals of 100 ns since 1601 (0: for ever) or as a time of LDAP
 *   <li>{@code membership}: {@code member} (groups name their members), {@code member-of} (people name their groups) or
 *       {@code in-chain} (a server that follows nested groups itself)
 *   <li>{@code role.NAME}: the group (DN, or its name) whose members have the role; several parted by {@code ;}. A role that holds
 *       for a domain is {@code role.NAME@domain}
 * </ul>
 */
public record Mapping(Map<String, String> lines) {
    private static final int LONGEST = 8192;
    private static final String ROLE = "role.";
    private static final String LOGIN_DOMAIN = "login-domain";
    private static final Pattern LOGIN_DOMAINS = Pattern.compile("[A-Za-z0-9.-]+( +[A-Za-z0-9.-]+)*");
    private static final Set<String> FILTERS = Set.of("person", "group");
    private static final Set<String> REQUIRED = Set.of("person", "id", "login");
    private static final Set<String> ATTRIBUTES =
            Set.of("id", "login", "addresses", "name", "quota", "expires", "member", "group-name", "group-address");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+");
    private static final Pattern DISABLED = Pattern.compile("([A-Za-z][A-Za-z0-9-]*)(?:&([0-9]{1,10})|=(.+))");

    /** How it is found out who belongs to a group. */
    enum Membership {
        MEMBER,
        MEMBER_OF,
        IN_CHAIN
    }

    public Mapping {
        lines = Map.copyOf(lines);
    }

    public static Mapping parse(String text) throws BadSource {
        if (text.length() > LONGEST) {
            throw new BadSource("The mapping is longer than " + LONGEST + " characters");
        }
        var lines = new LinkedHashMap<String, String>();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int at = line.indexOf('=');
            if (at < 1) {
                throw new BadSource("A line of the mapping is: what = attribute");
            }
            var what = line.substring(0, at).strip().toLowerCase(Locale.ROOT);
            var value = line.substring(at + 1).strip();
            check(what, value);
            if (!value.isEmpty() && lines.put(what, value) != null) {
                throw new BadSource("The mapping says twice what " + what + " is");
            }
        }
        for (var what : new TreeSet<>(REQUIRED)) {
            if (!lines.containsKey(what)) {
                throw new BadSource("The mapping does not say what " + what + " is");
            }
        }
        return new Mapping(lines);
    }

    private static void check(String what, String value) throws BadSource {
        if (value.isEmpty()) {
            return;
        }
        if (FILTERS.contains(what)) {
            try {
                Filter.create(value);
            } catch (LDAPException e) {
                throw new BadSource("The filter " + what + " is none that a directory understands (RFC 4515)");
            }
        } else if (ATTRIBUTES.contains(what)) {
            for (var attribute : value.split(" +")) {
                if (!ATTRIBUTE.matcher(attribute).matches()) {
                    throw new BadSource(what + " is one attribute or several, parted by blanks");
                }
            }
        } else if (what.equals("disabled")) {
            if (!DISABLED.matcher(value).matches()) {
                throw new BadSource("disabled is attribute=value, attribute=* or attribute&bits");
            }
        } else if (what.equals("membership")) {
            membership(value);
        } else if (what.equals(LOGIN_DOMAIN)) {
            if (!LOGIN_DOMAINS.matcher(value).matches()) {
                throw new BadSource("login-domain is one domain or several, parted by blanks");
            }
        } else if (!what.startsWith(ROLE) || what.length() == ROLE.length()) {
            throw new BadSource("A mapping knows " + String.join(", ", known()) + " and role.NAME");
        }
    }

    private static List<String> known() {
        var known = new TreeSet<>(ATTRIBUTES);
        known.addAll(FILTERS);
        known.addAll(List.of("disabled", "membership", LOGIN_DOMAIN));
        return List.copyOf(known);
    }

    private static Membership membership(String text) throws BadSource {
        try {
            return Membership.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new BadSource("membership is member, member-of or in-chain");
        }
    }

    /** This one with other lines in the place of its own; an empty value takes a line away. */
    public Mapping with(Map<String, String> others) throws BadSource {
        var all = new LinkedHashMap<>(lines);
        for (var other : others.entrySet()) {
            all.put(other.getKey().toLowerCase(Locale.ROOT), other.getValue());
        }
        return parse(text(all));
    }

    private static String text(Map<String, String> lines) {
        var text = new StringBuilder();
        lines.forEach(
                (what, value) -> text.append(what).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    /** As an administrator reads it. */
    public String text() {
        var ordered = new LinkedHashMap<String, String>();
        for (var what : ORDER) {
            if (lines.containsKey(what)) {
                ordered.put(what, lines.getOrDefault(what, ""));
            }
        }
        new TreeSet<>(lines.keySet()).forEach(what -> ordered.putIfAbsent(what, lines.getOrDefault(what, "")));
        return text(ordered);
    }

    private static final List<String> ORDER = List.of(
            "person",
            "id",
            "login",
            LOGIN_DOMAIN,
            "addresses",
            "name",
            "quota",
            "disabled",
            "expires",
            "membership",
            "group",
            "member",
            "group-name",
            "group-address");

    Filter person() {
        return filter("person", "(objectClass=*)");
    }

    Filter group() {
        return filter("group", "(objectClass=groupOfNames)");
    }

    private Filter filter(String what, String otherwise) {
        try {
            return Filter.create(lines.getOrDefault(what, otherwise));
        } catch (LDAPException e) {
            throw new IllegalStateException("it was looked at when it was written", e);
        }
    }

    /** The attributes of one line. */
    List<String> attributes(String what) {
        var value = lines.getOrDefault(what, "");
        return value.isEmpty() ? List.of() : List.of(value.split(" +"));
    }

    /** In lower case. */
    List<String> loginDomains() {
        var value = lines.getOrDefault(LOGIN_DOMAIN, "").toLowerCase(Locale.ROOT);
        return value.isEmpty() ? List.of() : List.of(value.split(" +"));
    }

    Membership membership() {
        try {
            return membership(lines.getOrDefault("membership", "member"));
        } catch (BadSource e) {
            throw new IllegalStateException("it was looked at when it was written", e);
        }
    }

    List<String> member() {
        var named = attributes("member");
        return named.isEmpty() ? List.of("member") : named;
    }

    /** All that is asked of a person. */
    String[] ofPerson() {
        var names = new ArrayList<String>();
        for (var what : List.of("id", "login", "addresses", "name", "quota", "expires")) {
            names.addAll(attributes(what));
        }
        var disabled = disabled();
        if (disabled != null) {
            names.add(disabled.attribute);
        }
        if (membership() == Membership.MEMBER_OF) {
            names.add("memberOf");
        }
        return names.toArray(String[]::new);
    }

    /** @param bits 0 where the value counts */
    record Disabled(String attribute, long bits, String value) {}

    @Nullable
    Disabled disabled() {
        var match = DISABLED.matcher(lines.getOrDefault("disabled", ""));
        if (!match.matches()) {
            return null;
        }
        return match.group(2) == null
                ? new Disabled(match.group(1), 0, match.group(3).strip())
                : new Disabled(match.group(1), Long.parseLong(match.group(2)), "");
    }

    /** Which groups give which role; one for a domain is {@code role@domain}. */
    public Map<String, List<String>> roles() {
        var roles = new LinkedHashMap<String, List<String>>();
        lines.forEach((what, groups) -> {
            if (what.startsWith(ROLE)) {
                roles.put(
                        what.substring(ROLE.length()),
                        List.of(groups.split(";")).stream()
                                .map(String::strip)
                                .filter(group -> !group.isEmpty())
                                .toList());
            }
        });
        return roles;
    }

    /** Whether the group is meant: by its DN, or by its name alone. */
    static boolean isMeant(String wanted, String dn) {
        try {
            if (DN.isValidDN(wanted)) {
                return DN.equals(wanted, dn);
            }
            var rdn = new DN(dn).getRDN();
            return rdn != null
                    && List.of(rdn.getAttributeValues()).stream().anyMatch(value -> value.equalsIgnoreCase(wanted));
        } catch (LDAPException e) {
            return false;
        }
    }
}
