package org.mailroom.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.AccountId;

/**
 * The directory as mail asks it, once a recipient: answers come from memory. A change on this node is seen with its commit,
 * one made on another node within {@link #AGE}. What is not known to exist is remembered as well, so guessing at addresses
 * costs a look-up in memory; faults are not remembered.
 */
@ApplicationScoped
public class Directory {
    /** How old an answer may be where another node made the change. */
    static final Duration AGE = Duration.ofSeconds(30);

    private static final int MOST = 100_000;

    /** To other directories, about one recipient. */
    private static final int MOST_QUESTIONS = 50;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private RoutePasswords passwords = new RoutePasswords();

    @Inject
    @Any
    private Instance<AddressRule> ruleBeans;

    @Inject
    @Any
    private Instance<AccountSource> sourceBeans;

    private AccountSource source = AccountSource.NONE;
    private List<AddressRule> rules = List.of();
    private DirectorySettings settings = DirectorySettings.DEFAULT;

    // Replaced whole after a change: a look-up that began before it ends in the cache that was thrown away.
    private volatile Known known = new Known();

    public Directory() {}

    Directory(DataSource database, DirectorySettings settings, AddressRule... rules) {
        this.database = database;
        this.settings = settings;
        this.rules = List.of(rules);
    }

    /** For tests. */
    Directory asking(AccountSource elsewhere) {
        source = elsewhere;
        return this;
    }

    @PostConstruct
    void configure() {
        settings = DirectorySettings.of(Settings.current());
        source = sourceBeans.stream().findFirst().orElse(AccountSource.NONE);
        rules = ruleBeans.stream().toList();
    }

    /**
     * The same without its memory, for who changes the directory: it sees what his transaction did, and not what was remembered
     * before; and what he may yet take back is not remembered. Of those who live elsewhere it knows whom we have met.
     */
    public Directory anew() {
        return new Directory(database, settings, rules.toArray(AddressRule[]::new));
    }

    private record Known(
            Cache<String, Found> addresses,
            Cache<String, Place> domains,
            Cache<String, List<RoutePlan>> routes,
            Cache<AccountId, Optional<String>> accounts,
            Cache<AccountId, Optional<Party>> parties,
            Cache<AccountId, Set<Long>> groups,
            Cache<AccountId, Map<AccountId, SendWay>> sendWays,
            Cache<AccountId, SendLimits> sendLimits) {
        Known() {
            this(cache(), cache(), cache(), cache(), cache(), cache(), cache(), cache());
        }

        private static <K, V> Cache<K, V> cache() {
            return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).build();
        }
    }

    @FunctionalInterface
    private interface Query<K, V> {
        V ask(K key) throws SQLException;
    }

    /** Where mail for the address goes; a text that is no address is unknown. */
    public Resolution resolve(String address) {
        return find(address).resolution();
    }

    /**
     * As {@link #resolve}, and asks where accounts live about those whom nobody here has met, also behind aliases and in groups. So
     * it may wait, and whoever calls holds no transaction and no connection.
     */
    public Resolution resolveAsking(String address) {
        var resolution = resolve(address);
        for (int i = 0; i < MOST_QUESTIONS && resolution instanceof Resolution.Unseen(var unseen); i++) {
            if (!source.ask(unseen)) {
                return resolution;
            }
            resolution = resolve(address);
        }
        if (leadsOn(resolution)) {
            askBehind(address);
        }
        return resolution;
    }

    /** Until one gets no answer, because then the others get none either. */
    private void askBehind(String address) {
        var unseen = whereTo(address)
                .steps()
                .flatMap(step -> step.resolution() instanceof Resolution.Unseen(var who) ? Stream.of(who) : Stream.of())
                .limit(MOST_QUESTIONS)
                .toList();
        for (var who : unseen) {
            if (!source.ask(who)) {
                return;
            }
        }
    }

    /** As {@link #whereTo}, and asks as {@link #resolveAsking} does. */
    public Expansion whereToAsking(String address) {
        resolveAsking(address);
        return whereTo(address);
    }

    private static boolean leadsOn(Resolution resolution) {
        return resolution instanceof Resolution.Aliased
                || resolution instanceof Resolution.Group
                || resolution instanceof Resolution.Local local && local.forward() != null;
    }

    /** Where mail for the address goes in the end, with every step on the way. */
    public Expansion whereTo(String address) {
        return new Walk(this::find).from(address);
    }

    /**
     * Whether mail for the address arrives, and not because its domain takes mail for anybody. Of whom nobody here has met, that is
     * believed.
     */
    public boolean isReached(String address) {
        var way = whereTo(address);
        return find(address).by() != Found.Rule.CATCH_ALL
                && (way.arrives() || way.steps().anyMatch(step -> step.resolution() instanceof Resolution.Unseen));
    }

    private Found find(String address) {
        try {
            // RFC 5321 §4.5.1: postmaster without a domain, in any case, is ours.
            if (address.equalsIgnoreCase("postmaster")) {
                return postmaster();
            }
            var parsed = MailAddress.parse(address);
            var place = place(parsed.domain());
            return switch (place.kind()) {
                case OURS ->
                    byRule(address).orElseGet(() -> ours(new MailAddress(parsed.key(), place.domain()), place));
                case RELAYED -> Found.itself(new Resolution.Relayed(parsed.domain()));
                case OTHERS -> Found.itself(new Resolution.NotOurs(parsed.domain()));
            };
        } catch (BadAddress e) {
            return Found.itself(new Resolution.Unknown());
        }
    }

    /** The domain of names that come without one; empty while there is none at all. */
    public Optional<String> homeDomain() {
        return settings.domain()
                .or(() -> remembered(Known::accounts, new AccountId(0), none -> query().oldestDomain()));
    }

    /** Before the tables, because case tells apart what these lead to, and the tables know none. */
    private Optional<Found> byRule(String address) {
        for (var rule : rules) {
            var target = rule.leadsTo(address);
            if (target.isPresent()) {
                return Optional.of(
                        new Found(new Resolution.Aliased(address, List.of(target.get())), Found.Rule.REWRITTEN));
            }
        }
        return Optional.empty();
    }

    private Found postmaster() {
        return homeDomain()
                .map(domain -> find("postmaster@" + domain))
                .orElseGet(() -> Found.itself(new Resolution.Unknown()));
    }

    private Found ours(MailAddress address, Place place) {
        var found = remembered(Known::addresses, address.toString(), key -> look(address, place));
        if (found.isSomebody() && !found.isForAnybody() || !source.covers(place.domain())) {
            return found;
        }
        return unseen(address, place).orElse(found);
    }

    /** Not remembered: what is known of strangers is known where they are asked for. */
    private Optional<Found> unseen(MailAddress address, Place place) {
        if (!source.isStranger(address)) {
            return Optional.of(Found.itself(new Resolution.Unseen(address)));
        }
        return settings.withoutTag(address.localPart())
                .map(base -> new MailAddress(base, place.domain()))
                .filter(base -> !source.isStranger(base))
                .map(base -> new Found(new Resolution.Unseen(base), Found.Rule.SUB_ADDRESS));
    }

    /** The rules in order; the first that knows somebody counts. */
    private Found look(MailAddress address, Place place) throws SQLException {
        var itself = query().resolve(address);
        if (!(itself instanceof Resolution.Unknown)) {
            return Found.itself(itself);
        }
        return groupRole(address, place)
                .or(() -> subAddress(address, place))
                .or(() -> byPattern(address, place))
                .or(() -> catchAll(address, place))
                .orElseGet(() -> Found.itself(itself));
    }

    private Optional<Found> groupRole(MailAddress address, Place place) {
        return GroupRole.group(address.localPart())
                .map(base -> ours(new MailAddress(base, place.domain()), place))
                .filter(base -> base.by() == Found.Rule.ITSELF)
                .flatMap(base -> base.resolution() instanceof Resolution.Group group
                        ? Optional.of(new Resolution.Aliased(address.toString(), List.of(group.owner())))
                        : Optional.empty())
                .map(owner -> new Found(owner, Found.Rule.GROUP_ROLE));
    }

    private Optional<Found> subAddress(MailAddress address, Place place) {
        return settings.withoutTag(address.localPart())
                .map(base -> ours(new MailAddress(base, place.domain()), place))
                .filter(base -> base.by() == Found.Rule.ITSELF && base.isSomebody())
                .filter(base -> !(base.resolution() instanceof Resolution.Unseen))
                .map(base -> new Found(base.resolution(), Found.Rule.SUB_ADDRESS));
    }

    private static Optional<Found> byPattern(MailAddress address, Place place) {
        for (var rewrite : place.rewrites()) {
            var target = rewrite.leadsTo(address.localPart());
            if (target.isPresent()) {
                var aliased = new Resolution.Aliased(address.toString(), List.of(target.get()));
                return Optional.of(new Found(aliased, Found.Rule.PATTERN, rewrite.text()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> catchAll(MailAddress address, Place place) {
        return Optional.ofNullable(place.catchAll())
                .map(target -> new Resolution.Aliased(address.toString(), List.of(target)))
                .map(aliased -> new Found(aliased, Found.Rule.CATCH_ALL));
    }

    private Place place(String domain) {
        return remembered(Known::domains, domain, name -> query().place(name));
    }

    /** Whether we are the last stop for mail to this domain. */
    public boolean isOurs(String domain) {
        return place(canonical(domain)).kind() == Place.Kind.OURS;
    }

    /** Whether mail to this domain is taken from anybody and passed on. */
    public boolean isRelayed(String domain) {
        return place(canonical(domain)).kind() == Place.Kind.RELAYED;
    }

    /**
     * Where mail goes, instead of the MX of its domain.
     *
     * @param sender the reverse path
     */
    public Optional<RoutePlan> route(String domain, String sender) {
        return routes(domain).stream().filter(plan -> plan.isFor(sender)).findFirst();
    }

    /** Whether mail for a domain of others waits until somebody asks for it. */
    public boolean isHeld(String domain) {
        return route(domain, "").filter(plan -> plan.hold().holds()).isPresent();
    }

    private List<RoutePlan> routes(String domain) {
        return remembered(Known::routes, canonical(domain), name -> new RouteQuery(database, passwords).covering(name));
    }

    /**
     * Whether the address is the account's own, one of its aliases, or a sub-address of these; such of another under which it may
     * send, in whatever way; or an alias that names the account beside others, whose members answer in its name.
     */
    public boolean maySendAs(AccountId account, String address) {
        var found = find(address);
        return isOf(account, found.resolution())
                || found.resolution() instanceof Resolution.Aliased(var _, var targets)
                        && found.by() == Found.Rule.ITSELF
                        && targets.stream().anyMatch(target -> isOf(account, resolve(target)));
    }

    private boolean isOf(AccountId account, Resolution resolution) {
        return resolution instanceof Resolution.Local local
                && (local.account().equals(account)
                        || sendWay(account, local.account()).isPresent());
    }

    /** How an account may send under the address of another; empty where it may not. */
    public Optional<SendWay> sendWay(AccountId account, AccountId owner) {
        return Optional.ofNullable(sendWays(account).get(owner));
    }

    private Map<AccountId, SendWay> sendWays(AccountId account) {
        return remembered(Known::sendWays, account, id -> new PartyQuery(database).sendWays(id, groups(id)));
    }

    /** What the account may send, and how large a message to it may be. */
    public SendLimits sendLimits(AccountId account) {
        return remembered(Known::sendLimits, account, new SendLimitQuery(database)::of);
    }

    /** The account's own address. */
    public Optional<String> address(AccountId account) {
        return remembered(Known::accounts, account, id -> query().address(id));
    }

    /** The account with its address; empty where it is gone. */
    public Optional<Party> party(AccountId account) {
        return remembered(Known::parties, account, id -> new PartyQuery(database).account(id));
    }

    /** The account or group that has the address, an alias or an alias domain among them. */
    public Optional<Party> party(String address) {
        try {
            var parsed = MailAddress.parse(address);
            var place = place(parsed.domain());
            return place.kind() == Place.Kind.OURS
                    ? new PartyQuery(database).named(new MailAddress(parsed.key(), place.domain()))
                    : Optional.empty();
        } catch (BadAddress e) {
            return Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** The address of a group by its number; empty where it is gone. */
    public Optional<String> group(long group) {
        try {
            return new PartyQuery(database).group(group).map(Party::address);
        } catch (SQLException e) {
            throw new IllegalStateException("the directory does not answer", e);
        }
    }

    /** The groups of which the account is a member, itself or by other groups. */
    public Set<Long> groups(AccountId account) {
        return remembered(Known::groups, account, id -> new PartyQuery(database).groups(id));
    }

    /**
     * Forgets everything; changes are rare beside look-ups, and a cold look-up is one indexed row. Nothing has to be forgotten
     * by a bean that was never asked.
     */
    public void changed(
            @Observes(during = TransactionPhase.AFTER_SUCCESS, notifyObserver = Reception.IF_EXISTS)
                    DirectoryChanged change) {
        known = new Known();
    }

    private <K, V> V remembered(Function<Known, Cache<K, V>> which, K key, Query<K, V> query) {
        var cache = which.apply(known);
        var value = cache.getIfPresent(key);
        if (value == null) {
            try {
                value = query.ask(key);
            } catch (SQLException e) {
                throw new IllegalStateException("the directory does not answer", e);
            }
            cache.put(key, value);
        }
        return value;
    }

    private DirectoryQuery query() {
        return new DirectoryQuery(database);
    }

    /** Lower case and A-labels, as nearly all that is asked; IDNA takes longer than the look-up. */
    private static boolean isPlain(String domain) {
        return domain.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-');
    }

    private static String canonical(String domain) {
        if (isPlain(domain)) {
            return domain;
        }
        try {
            return MailDomain.parse(domain).name();
        } catch (BadAddress e) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }
}
