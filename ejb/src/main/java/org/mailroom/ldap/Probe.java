package org.mailroom.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tries a directory step by step, as an administrator wants to see it: up to the first step that fails, for each server. */
public final class Probe {
    private static final int SAMPLE = 10;

    private final SourcePlan plan;
    private final String password;
    private final LdapSettings settings;
    private final List<Step> steps = new ArrayList<>();

    /** @param what as {@code resolve} */
    public record Step(String server, String what, boolean good, String text) {}

    Probe(SourcePlan plan, String password, LdapSettings settings) {
        this.plan = plan;
        this.password = password;
        this.settings = settings;
    }

    List<Step> steps() {
        for (var server : plan.servers()) {
            try {
                probe(server);
            } catch (BadSource e) {
                steps.add(new Step(server, "settings", false, e.text()));
            }
        }
        return List.copyOf(steps);
    }

    private void probe(String server) throws BadSource {
        var url = SourcePlan.url(server);
        if (!resolve(server, url.host()) || !connect(server, url.host(), url.port())) {
            return;
        }
        boolean tls = plan.startTls() || url.ldaps();
        try (var connection = LdapServers.server(server, plan.startTls(), Trust.of(plan.trust()), settings, null)
                .getConnection()) {
            if (tls) {
                var session = connection.getSSLSession();
                good(server, "tls", session == null ? "" : shown(session));
            } else {
                good(server, "tls", "none: passwords pass in the clear");
            }
            if (!plan.bindDn().isEmpty()) {
                step(server, "bind", () -> {
                    connection.bind(new SimpleBindRequest(plan.bindDn(), password));
                    return plan.bindDn();
                });
            }
            var first = sample(server, search(server, connection));
            if (first != null) {
                groups(server, first);
            }
        } catch (LDAPException e) {
            if (steps.isEmpty() || steps.getLast().good()) {
                bad(server, "tls", LdapServers.why(e));
            }
        }
    }

    /** What was agreed on, and whose certificate it is, which the step before has checked. */
    private static String shown(SSLSession session) {
        var agreed = session.getProtocol() + " " + session.getCipherSuite();
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? agreed + ", " + line(certificate.getSubjectX500Principal().getName()) + " until "
                            + certificate.getNotAfter().toInstant() + ", by "
                            + line(certificate.getIssuerX500Principal().getName())
                    : agreed;
        } catch (SSLPeerUnverifiedException e) {
            return agreed;
        }
    }

    private boolean resolve(String server, String host) {
        try {
            good(
                    server,
                    "resolve",
                    Arrays.stream(InetAddress.getAllByName(host))
                            .map(InetAddress::getHostAddress)
                            .collect(Collectors.joining(" ")));
            return true;
        } catch (IOException e) {
            return bad(server, "resolve", "the name leads to no address");
        }
    }

    private boolean connect(String server, String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, port), (int) settings.connect().toMillis());
            return good(server, "connect", "port " + port);
        } catch (IOException e) {
            return bad(server, "connect", "port " + port + ": " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Deed {
        String go() throws LDAPException;
    }

    private void step(String server, String what, Deed deed) throws LDAPException {
        try {
            good(server, what, deed.go());
        } catch (LDAPException e) {
            bad(server, what, LdapServers.why(e));
            throw e;
        }
    }

    private List<SearchResultEntry> search(String server, LDAPConnection connection) throws LDAPException {
        var found = new ArrayList<SearchResultEntry>();
        step(server, "search", () -> {
            var request = new SearchRequest(
                    plan.baseDn(),
                    SearchScope.SUB,
                    plan.mapping().person(),
                    plan.mapping().ofPerson());
            request.setSizeLimit(SAMPLE);
            try {
                found.addAll(connection.search(request).getSearchEntries());
            } catch (LDAPSearchException e) {
                if (!e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                    throw e;
                }
                found.addAll(e.getSearchEntries());
            }
            return found.size() < SAMPLE ? found.size() + " people" : SAMPLE + " people or more";
        });
        // Some servers (Samba) do not heed the limit of a request.
        return found.subList(0, Math.min(SAMPLE, found.size()));
    }

    /** @return the DN of the first that has an account here, or could */
    private @Nullable String sample(String server, List<SearchResultEntry> entries) {
        String first = null;
        var reader = new EntryReader(plan.mapping(), plan.domains());
        for (var entry : entries) {
            var person = reader.person(entry);
            if (person.isEmpty()) {
                bad(
                        server,
                        "person",
                        line(entry.getDN()) + ": no address in " + String.join(", ", plan.domains()) + ", or no id");
            } else {
                var found = person.get();
                first = first == null ? found.dn() : first;
                good(
                        server,
                        "person",
                        found.addresses().getFirst() + " \"" + line(found.displayName()) + "\" logs in as "
                                + line(String.join(" or ", reader.logins(entry)))
                                + (found.addresses().size() > 1
                                        ? ", also "
                                                + found.addresses()
                                                        .subList(
                                                                1,
                                                                found.addresses()
                                                                        .size())
                                        : "")
                                + (found.quotaOctets() == null ? "" : ", quota " + found.quotaOctets())
                                + (found.disabled() ? ", disabled" : ""));
            }
        }
        return first;
    }

    /** Found as they are at a login, so that a wrong membership line shows here. */
    private void groups(String server, String dn) throws BadSource {
        try (var servers = new LdapServers(plan.at(server), password, settings)) {
            var memberships = new Memberships(servers, plan.mapping());
            var names = memberships.groups(dn).stream().map(Probe::line).toList();
            var shown = names.stream().limit(SAMPLE).collect(Collectors.joining("; "));
            var roles = new TreeSet<>(memberships.roles(dn));
            good(
                    server,
                    "groups",
                    line(dn)
                            + (names.isEmpty() ? " is in none" : ": " + shown)
                            + (names.size() > SAMPLE ? "; and " + (names.size() - SAMPLE) + " more" : "")
                            + (roles.isEmpty() ? "" : " (role: " + String.join(", ", roles) + ")"));
        } catch (NoAnswer e) {
            bad(server, "groups", e.text());
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").substring(0, Math.min(300, text.length()));
    }

    private boolean good(String server, String what, String text) {
        steps.add(new Step(server, what, true, text));
        return true;
    }

    private boolean bad(String server, String what, String text) {
        steps.add(new Step(server, what, false, text));
        return false;
    }
}
