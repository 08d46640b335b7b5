package org.mailroom.web.security;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.mailroom.admin.Role;

/** Which page is for whom, so that nobody is shown what the beans behind would refuse. */
final class Doors {
    static final List<String> NAVIGATION = List.of(
            "/",
            "/domains",
            "/accounts",
            "/addresses",
            "/groups",
            "/shared-mailboxes",
            "/limits",
            "/directories",
            "/administrators",
            "/slowed-logins",
            "/queue",
            "/destinations",
            "/quarantine",
            "/policies",
            "/lists",
            "/trace",
            "/sessions",
            "/telnet",
            "/log",
            "/routes",
            "/dkim",
            "/authenticity",
            "/reports",
            "/pop-policies",
            "/nodes",
            "/listeners",
            "/certificates",
            "/setup",
            "/settings",
            "/audit",
            "/self",
            "/own-mail",
            "/tokens",
            "/moderation",
            "/connect");

    /** Administrators and auditors enter everywhere. */
    private static final List<String> ALL = List.of(Role.ADMINISTRATOR, Role.AUDITOR);

    /** But these, where one acts in the server's name, sets it up, or reads what it says to itself. */
    private static final Set<String> ADMINISTRATORS = Set.of("/telnet", "/setup", "/log");

    /** Who else enters which page, and what lies below it. */
    private static final Map<String, List<String>> OTHERS = Map.ofEntries(
            Map.entry("/accounts", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK)),
            Map.entry("/trace", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK)),
            Map.entry("/domains", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/addresses", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/groups", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/shared-mailboxes", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/limits", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/queue", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/reports", List.of(Role.DOMAIN_ADMINISTRATOR)),
            Map.entry("/slowed-logins", List.of(Role.HELP_DESK)),
            Map.entry("/find", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK)),
            Map.entry("/self", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.USER)),
            Map.entry("/own-mail", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.USER)),
            Map.entry("/tokens", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.USER)),
            Map.entry("/moderation", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.USER)),
            Map.entry("/connect", List.of(Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.USER)));

    /** Pages below others that are not for everybody who enters there. */
    private static final Set<String> FOR_CHANGERS = Set.of("/accounts/new", "/accounts/import");

    private Doors() {}

    /** Whoever reads no mail sees that something is in quarantine, but not what. */
    static boolean open(String path, Predicate<String> role) {
        if (FOR_CHANGERS.contains(path.replaceAll("/$", ""))) {
            return role.test(Role.ADMINISTRATOR) || role.test(Role.DOMAIN_ADMINISTRATOR);
        }
        if (path.matches("/quarantine/.+")) {
            return role.test(Role.ADMINISTRATOR);
        }
        int end = path.indexOf('/', 1);
        var page = end < 0 ? path : path.substring(0, end);
        if (ADMINISTRATORS.contains(page)) {
            return role.test(Role.ADMINISTRATOR);
        }
        return ALL.stream().anyMatch(role)
                || OTHERS.getOrDefault(page, List.of()).stream().anyMatch(role);
    }

    /** Where somebody goes who wanted nothing in particular. */
    static String first(Predicate<String> role) {
        return NAVIGATION.stream().filter(page -> open(page, role)).findFirst().orElse("/self");
    }
}
