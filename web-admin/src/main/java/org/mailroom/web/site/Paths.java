package org.mailroom.web.site;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The addresses of the pages, and the view behind each; nothing else of the console can be asked for. */
public final class Paths {
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("/", "/WEB-INF/pages/dashboard/dashboard.xhtml"),
            Map.entry("/find", "/WEB-INF/pages/find/find.xhtml"),
            Map.entry("/login", "/WEB-INF/pages/login/login.xhtml"),
            Map.entry("/domains", "/WEB-INF/pages/domain/domains.xhtml"),
            Map.entry("/accounts", "/WEB-INF/pages/account/accounts.xhtml"),
            Map.entry("/accounts/new", "/WEB-INF/pages/account/new.xhtml"),
            Map.entry("/accounts/import", "/WEB-INF/pages/account/import.xhtml"),
            Map.entry("/queue", "/WEB-INF/pages/queue/queue.xhtml"),
            Map.entry("/destinations", "/WEB-INF/pages/queue/destinations.xhtml"),
            Map.entry("/quarantine", "/WEB-INF/pages/quarantine/quarantine.xhtml"),
            Map.entry("/policies", "/WEB-INF/pages/policy/policies.xhtml"),
            Map.entry("/lists", "/WEB-INF/pages/policy/lists.xhtml"),
            Map.entry("/trace", "/WEB-INF/pages/trace/trace.xhtml"),
            Map.entry("/sessions", "/WEB-INF/pages/session/sessions.xhtml"),
            Map.entry("/log", "/WEB-INF/pages/logbook/log.xhtml"),
            Map.entry("/telnet", "/WEB-INF/pages/telnet/telnet.xhtml"),
            Map.entry("/directories", "/WEB-INF/pages/directory/directories.xhtml"),
            Map.entry("/routes", "/WEB-INF/pages/route/routes.xhtml"),
            Map.entry("/shared-mailboxes", "/WEB-INF/pages/shared/mailboxes.xhtml"),
            Map.entry("/own-mail", "/WEB-INF/pages/trace/own.xhtml"),
            Map.entry("/self", "/WEB-INF/pages/self/self.xhtml"),
            Map.entry("/tokens", "/WEB-INF/pages/token/tokens.xhtml"),
            Map.entry("/self/second-factor", "/WEB-INF/pages/self/second-factor.xhtml"),
            Map.entry("/addresses", "/WEB-INF/pages/address/addresses.xhtml"),
            Map.entry("/groups", "/WEB-INF/pages/group/groups.xhtml"),
            Map.entry("/limits", "/WEB-INF/pages/limit/limits.xhtml"),
            Map.entry("/moderation", "/WEB-INF/pages/moderation/moderation.xhtml"),
            Map.entry("/slowed-logins", "/WEB-INF/pages/slowed/logins.xhtml"),
            Map.entry("/administrators", "/WEB-INF/pages/role/administrators.xhtml"),
            Map.entry("/pop-policies", "/WEB-INF/pages/pop/policies.xhtml"),
            Map.entry("/dkim", "/WEB-INF/pages/dkim/dkim.xhtml"),
            Map.entry("/authenticity", "/WEB-INF/pages/authenticity/authenticity.xhtml"),
            Map.entry("/nodes", "/WEB-INF/pages/node/nodes.xhtml"),
            Map.entry("/reports", "/WEB-INF/pages/report/reports.xhtml"),
            Map.entry("/certificates", "/WEB-INF/pages/certificate/certificates.xhtml"),
            Map.entry("/setup", "/WEB-INF/pages/setup/setup.xhtml"),
            Map.entry("/listeners", "/WEB-INF/pages/listener/listeners.xhtml"),
            Map.entry("/settings", "/WEB-INF/pages/setting/settings.xhtml"),
            Map.entry("/settings/history", "/WEB-INF/pages/setting/history.xhtml"),
            Map.entry("/audit", "/WEB-INF/pages/audit/audit.xhtml"),
            Map.entry("/connect", "/WEB-INF/pages/connect/connect.xhtml"));

    /** What follows these, slashes and all, names one thing: a local part may contain a slash. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "/dns/", "/WEB-INF/pages/domain/domain.xhtml",
            "/accounts/", "/WEB-INF/pages/account/account.xhtml",
            "/groups/", "/WEB-INF/pages/group/group.xhtml",
            "/directories/", "/WEB-INF/pages/directory/directory.xhtml",
            "/setup/", "/WEB-INF/pages/setup/setup.xhtml",
            "/queue/", "/WEB-INF/pages/queue/entry.xhtml",
            "/quarantine/", "/WEB-INF/pages/quarantine/kept.xhtml",
            "/sessions/", "/WEB-INF/pages/session/session.xhtml",
            "/trace/", "/WEB-INF/pages/trace/message.xhtml",
            "/own-mail/", "/WEB-INF/pages/trace/own-message.xhtml");

    private Paths() {}

    /** The view of a path as the client sent it, below the context root; empty where there is no such page. */
    public static Optional<Target> find(String path) {
        String clean = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String page = PAGES.get(clean);
        if (page != null) {
            return Optional.of(new Target(page, ""));
        }
        return SUBJECTS.entrySet().stream()
                .filter(known -> clean.startsWith(known.getKey()))
                .findFirst()
                .flatMap(known -> decode(clean.substring(known.getKey().length()))
                        .map(subject -> new Target(known.getValue(), subject)));
    }

    /** One thing's name as the end of a path. */
    public static String encode(String subject) {
        return Arrays.stream(subject.split("/", -1))
                .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%40", "@"))
                .collect(Collectors.joining("/"));
    }

    private static Optional<String> decode(String subject) {
        try {
            // In a path a plus sign is itself; the decoder is made for forms.
            return Optional.of(URLDecoder.decode(subject.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    /**
     * Where a path leads.
     *
     * @param subject the account, queue entry or message that the path names; empty for a page that names none
     */
    public record Target(String view, String subject) {}
}
