package org.mailroom.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.GetEntryLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one directory: a few connections that are kept, tried in the order of the servers, and never waited for longer
 * than set. One kind searches; the other only proves passwords, since a connection is afterwards whoever bound on it.
 */
final class LdapServers implements AutoCloseable {
    private static final int PAGE = 500;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
    private static final Duration OLDEST = Duration.ofMinutes(30);
    private static final Duration HEALTH = Duration.ofSeconds(3);
    /** How long another server than the first is good enough, when the first is there again. */
    private static final Duration SECOND_BEST = Duration.ofMinutes(1);

    private final SourcePlan plan;
    private final LDAPConnectionPool searching;
    private final LDAPConnectionPool binding;
    private final Duration patience;

    LdapServers(SourcePlan plan, String password, LdapSettings settings) throws BadSource {
        this.plan = plan;
        this.patience = settings.answer();
        var trust = Trust.of(plan.trust());
        var service = plan.bindDn().isEmpty() ? null : new SimpleBindRequest(plan.bindDn(), password);
        searching = pool(servers(plan, trust, settings, service), service, settings, "search");
        binding = pool(servers(plan, trust, settings, null), null, settings, "bind");
    }

    private static ServerSet servers(
            SourcePlan plan, SSLSocketFactory trust, LdapSettings settings, @Nullable SimpleBindRequest bind)
            throws BadSource {
        var servers = new ArrayList<ServerSet>();
        for (var server : plan.servers()) {
            servers.add(server(server, plan.startTls(), trust, settings, bind));
        }
        var all = new FailoverServerSet(servers);
        all.setMaxFailoverConnectionAgeMillis(SECOND_BEST.toMillis());
        return all;
    }

    static SingleServerSet server(
            String server,
            boolean startTls,
            SSLSocketFactory trust,
            LdapSettings settings,
            @Nullable SimpleBindRequest bind)
            throws BadSource {
        var url = SourcePlan.url(server);
        return new SingleServerSet(
                url.host(),
                url.port(),
                url.ldaps() ? trust : null,
                options(settings),
                bind,
                !url.ldaps() && startTls ? new StartTLSPostConnectProcessor(trust) : null);
    }

    private static LDAPConnectionOptions options(LdapSettings settings) {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) settings.connect().toMillis());
        options.setResponseTimeoutMillis(settings.answer().toMillis());
        options.setMaxMessageSize(LARGEST_ANSWER);
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setAbandonOnTimeout(false);
        return options;
    }

    private static LDAPConnectionPool pool(
            ServerSet servers, @Nullable SimpleBindRequest bind, LdapSettings settings, String what) throws BadSource {
        try {
            // A server that takes connections and says nothing is found out before it is chosen.
            var health = new GetEntryLDAPConnectionPoolHealthCheck(
                    "", Math.min(HEALTH.toMillis(), settings.answer().toMillis()), true, false, false, false, true);
            var pool = new LDAPConnectionPool(servers, bind, 0, settings.places(), 1, null, false, health);
            pool.setConnectionPoolName(what);
            pool.setCreateIfNecessary(true);
            pool.setMaxWaitTimeMillis(settings.connect().toMillis());
            pool.setMaxConnectionAgeMillis(OLDEST.toMillis());
            pool.setRetryFailedOperationsDueToInvalidConnections(true);
            return pool;
        } catch (LDAPException e) {
            throw new BadSource("The servers cannot be used: " + why(e));
        }
    }

    /** Those that fit, and no more than asked for. */
    List<Entry> find(Filter filter, int most, String... attributes) throws NoAnswer {
        return find(plan.baseDn(), SearchScope.SUB, filter, most, attributes);
    }

    /** One entry by its name; empty where there is none. */
    Optional<Entry> entry(String dn, String... attributes) throws NoAnswer {
        return find(dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), 1, attributes).stream()
                .findFirst();
    }

    private List<Entry> find(String base, SearchScope scope, Filter filter, int most, String... attributes)
            throws NoAnswer {
        try {
            var request = request(base, scope, filter, attributes);
            request.setSizeLimit(most);
            return new ArrayList<>(searching.search(request).getSearchEntries());
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return new ArrayList<>(e.getSearchEntries());
            }
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT) && scope == SearchScope.BASE) {
                return List.of();
            }
            throw new NoAnswer(why(e));
        }
    }

    /** All that fit, page by page (RFC 2696); an answer that breaks off is none. */
    void all(Filter filter, Consumer<Entry> each, String... attributes) throws NoAnswer {
        ASN1OctetString cookie = null;
        int number = 0;
        try {
            var connection = searching.getConnection();
            boolean good = false;
            try {
                do {
                    var request = request(plan.baseDn(), SearchScope.SUB, filter, attributes);
                    request.addControl(new SimplePagedResultsControl(PAGE, cookie));
                    var page = connection.search(request);
                    number += page.getEntryCount();
                    if (number > MOST_ENTRIES) {
                        throw new NoAnswer("more than " + MOST_ENTRIES + " entries fit the filter");
                    }
                    var entries = page.getSearchEntries();
                    if (entries != null) {
                        entries.forEach(each);
                    }
                    var control = SimplePagedResultsControl.get(page);
                    cookie = control != null && control.moreResultsToReturn() ? control.getCookie() : null;
                } while (cookie != null);
                good = true;
            } finally {
                if (good) {
                    searching.releaseConnection(connection);
                } else {
                    searching.releaseDefunctConnection(connection);
                }
            }
        } catch (LDAPException e) {
            throw new NoAnswer(why(e));
        }
    }

    private SearchRequest request(String base, SearchScope scope, Filter filter, String... attributes) {
        var request = new SearchRequest(base, scope, filter, attributes);
        request.setTimeLimitSeconds((int) Math.max(1, patience.toSeconds()));
        request.setResponseTimeoutMillis(patience.toMillis());
        return request;
    }

    /** Whether the password is that of the entry. Nobody's is empty: RFC 4513 §5.1.2 takes that for a login without a name. */
    boolean proves(String dn, String password) throws NoAnswer {
        if (password.isEmpty()) {
            return false;
        }
        try {
            return binding.bind(new SimpleBindRequest(dn, password))
                    .getResultCode()
                    .equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            return switch (e.getResultCode().intValue()) {
                case ResultCode.INVALID_CREDENTIALS_INT_VALUE,
                        ResultCode.NO_SUCH_OBJECT_INT_VALUE,
                        ResultCode.INVALID_DN_SYNTAX_INT_VALUE,
                        ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE,
                        ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE,
                        ResultCode.CONSTRAINT_VIOLATION_INT_VALUE,
                        ResultCode.UNWILLING_TO_PERFORM_INT_VALUE -> false;
                default -> throw new NoAnswer(why(e));
            };
        }
    }

    /** On one line; servers put anything into their words. */
    static String why(LDAPException e) {
        var text = e.getResultCode() + " "
                + (e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage());
        var line = text.replaceAll("[^ -~]", " ").strip();
        return line.substring(0, Math.min(300, line.length()));
    }

    @Override
    public void close() {
        searching.close();
        binding.close();
    }
}
