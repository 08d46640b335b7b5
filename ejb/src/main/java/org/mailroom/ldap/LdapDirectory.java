package org.mailroom.ldap;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Secrets;
import org.mailroom.config.Settings;
import org.mailroom.directory.AccountSource;
import org.mailroom.directory.DirectoryChanged;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts.Person;
import org.mailroom.login.PasswordSource;

/**
 * The directories of others as mail and logins ask them: by the domain of the address. Whom they know gets an account here; from
 * then on only his password is asked for there. Nothing is held while they are asked.
 */
@ApplicationScoped
public class LdapDirectory implements AccountSource, PasswordSource {
    private static final System.Logger LOG = System.getLogger(LdapDirectory.class.getName());

    /** How long a change that was made on another node may go unnoticed. */
    private static final Duration AGE = Duration.ofSeconds(10);

    @Inject
    private Sources sources;

    @Inject
    private Newcomers newcomers;

    @Inject
    private Secrets secrets;

    private LdapSettings settings;
    private final AtomicLong due = new AtomicLong(System.nanoTime());
    private volatile Map<String, LiveSource> live = Map.of();
    private volatile Map<String, LiveSource> byDomain = Map.of();

    /** By the endings of logins, which may be no mail domains. */
    private volatile Map<String, LiveSource> byLogin = Map.of();

    /** Domains whose directory is switched off or cannot be used: nobody knows who lives there, and nobody is turned away. */
    private volatile Set<String> mute = Set.of();

    private volatile boolean known;

    public LdapDirectory() {}

    LdapDirectory(Sources sources, Newcomers newcomers, Secrets secrets, LdapSettings settings) {
        this.sources = sources;
        this.newcomers = newcomers;
        this.secrets = secrets;
        this.settings = settings;
    }

    @PostConstruct
    void configure() {
        settings = LdapSettings.of(Settings.current());
    }

    @PreDestroy
    void close() {
        live.values().forEach(LiveSource::close);
    }

    /** Read again at the next question; nothing is asked of the database in this phase. */
    public void changed(
            @Observes(during = TransactionPhase.AFTER_SUCCESS, notifyObserver = Reception.IF_EXISTS)
                    DirectoryChanged change) {
        expire();
    }

    public void expire() {
        due.set(System.nanoTime());
    }

    @Override
    public boolean covers(String domain) {
        return ofLogin(domain).isPresent() || mute.contains(domain);
    }

    @Override
    public boolean isStranger(MailAddress address) {
        return of(address.domain())
                .map(source -> source.isStranger(address))
                .orElseGet(() -> !mute.contains(address.domain()));
    }

    @Override
    public boolean ask(MailAddress address) {
        var source = of(address.domain());
        if (source.isEmpty()) {
            return !mute.contains(address.domain());
        }
        try {
            var person = source.get().withAddress(address);
            if (person.isPresent()) {
                return keep(source.get(), person.get()).isPresent()
                        || source.get().isStranger(address);
            }
            return true;
        } catch (NoAnswer nobodyKnows) {
            return false;
        }
    }

    @Override
    public Optional<String> prove(MailAddress name, String password) throws NoAnswerYet {
        return login(name, source -> source.login(name, password));
    }

    @Override
    public Optional<String> known(MailAddress name) throws NoAnswerYet {
        return login(name, source -> source.known(name));
    }

    @FunctionalInterface
    private interface Question {
        LiveSource.Login ask(LiveSource source) throws NoAnswer;
    }

    private Optional<String> login(MailAddress name, Question question) throws NoAnswerYet {
        var source = ofLogin(name.domain());
        if (source.isEmpty()) {
            if (mute.contains(name.domain())) {
                throw new NoAnswerYet();
            }
            return Optional.empty();
        }
        try {
            return switch (question.ask(source.get())) {
                case LiveSource.Login.Wrong() -> Optional.empty();
                case LiveSource.Login.Proved(var person) -> keep(source.get(), person);
            };
        } catch (NoAnswer nobodyKnows) {
            throw new NoAnswerYet();
        }
    }

    /** His own address here; empty where he cannot have it, which the log tells. */
    private Optional<String> keep(LiveSource source, Person person) {
        var known = newcomers.unchanged(source.plan(), person);
        if (known != null) {
            return Optional.of(known.address());
        }
        var kept = newcomers.keep(source.plan(), person, false);
        for (var problem : kept.problems()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "directory=" + source.plan().name() + " account=<" + kept.address() + "> problem=" + problem);
        }
        if (kept.account() == null) {
            person.addresses().forEach(source::stranger);
            return Optional.empty();
        }
        return Optional.of(kept.address());
    }

    private Optional<LiveSource> of(String domain) {
        refresh();
        return Optional.ofNullable(byDomain.get(domain));
    }

    private Optional<LiveSource> ofLogin(String domain) {
        var source = of(domain);
        return source.isPresent() ? source : Optional.ofNullable(byLogin.get(domain));
    }

    /** The one of this name, if it is in use. */
    public Optional<LiveSource> named(String name) {
        refresh();
        return Optional.ofNullable(live.get(name));
    }

    public LdapSettings settings() {
        return settings;
    }

    /** Reads if it is time. One reads, the others go on with what there was; so does everybody where it fails. */
    private void refresh() {
        if (!known) {
            first();
        }
        long when = due.get();
        if (System.nanoTime() - when >= 0 && due.compareAndSet(when, System.nanoTime() + AGE.toNanos())) {
            try {
                read(sources.all());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "directory status=as-before", e);
            }
        }
    }

    /** Nobody is told anything before it is known which there are. */
    private synchronized void first() {
        if (!known) {
            read(sources.all());
            known = true;
        }
    }

    private synchronized void read(List<SourcePlan> plans) {
        var before = live;
        var now = new HashMap<String, LiveSource>();
        var domains = new HashMap<String, LiveSource>();
        var logins = new HashMap<String, LiveSource>();
        var silent = new HashSet<String>();
        for (var plan : plans) {
            var there = before.get(plan.name());
            var source = there != null && there.plan().equals(plan) ? there : open(plan);
            if (source == null) {
                silent.addAll(plan.domains());
            } else {
                now.put(plan.name(), source);
                plan.domains().forEach(domain -> domains.put(domain, source));
                plan.mapping().loginDomains().forEach(domain -> logins.putIfAbsent(domain, source));
            }
        }
        live = Map.copyOf(now);
        mute = Set.copyOf(silent);
        byDomain = Map.copyOf(domains);
        byLogin = Map.copyOf(logins);
        before.forEach((name, source) -> {
            if (now.get(name) != source) {
                source.close();
            }
        });
    }

    private @Nullable LiveSource open(SourcePlan plan) {
        if (!plan.enabled()) {
            return null;
        }
        try {
            return new LiveSource(plan, password(plan), settings);
        } catch (BadSource | IllegalStateException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "directory=" + plan.name() + " status=unusable problem=" + e.getMessage());
            return null;
        }
    }

    public String password(SourcePlan plan) {
        return plan.sealedPassword().isEmpty() ? "" : secrets.open(plan.place(), plan.sealedPassword());
    }
}
