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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
                good(server, "tls", session == null ? "" : session.getProtocol() + " " + session.getCipherSuite());
            } else {
                good(server, "tls", "none: passwords pass in the clear");
            }
            if (!plan.bindDn().isEmpty()) {
                step(server, "bind", () -> {
                    connection.bind(new SimpleBindRequest(plan.bindDn(), password));
                    return plan.bindDn();
                });
            }
            sample(server, search(server, connection));
        } catch (LDAPException e) {
            if (steps.isEmpty() || steps.getLast().good()) {
                bad(server, "tls", LdapServers.why(e));
            }
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
            return found.size() + (found.size() == SAMPLE ? " people or more" : " people");
        });
        return found;
    }

    private void sample(String server, List<SearchResultEntry> entries) {
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
