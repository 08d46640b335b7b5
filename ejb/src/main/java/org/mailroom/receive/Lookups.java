package org.mailroom.receive;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mailroom.config.Settings;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Lookup;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;
import org.mailroom.queue.DomainHosts;

/** VRFY, EXPN and VERB: the truth for those who may know, and nothing for those who gather addresses. */
@ApplicationScoped
public class Lookups {
    /** More than anybody reads at a terminal. */
    private static final int MOST_LINES = 50;

    /** Each may be a question to DNS. */
    private static final int MOST_DOMAINS = 3;

    @Inject
    private Directory directory;

    @Inject
    private DomainHosts hosts;

    private LookupSettings settings = new LookupSettings(LookupSettings.Audience.TRUSTED);

    @PostConstruct
    void configure() {
        follow(LookupSettings.of(Settings.current()));
    }

    void follow(LookupSettings wanted) {
        settings = wanted;
    }

    public Lookup verify(Client client, String name) {
        return isTold(client) ? find(whole(name)) : new Lookup.Withheld();
    }

    public Lookup expand(Client client, String name) {
        return isTold(client) ? members(directory.whereToAsking(whole(name))) : new Lookup.Withheld();
    }

    /** Every step on an address's way, and where the mail leaves us, the way from there. */
    public List<String> whereTo(Client client, String reversePath, String address) {
        if (!maySee(client)) {
            return List.of();
        }
        var expansion = directory.whereTo(address);
        var domains = expansion.elsewhere().stream()
                .map(other -> other.substring(other.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST_DOMAINS);
        return Stream.concat(
                        expansion.lines().stream().limit(MOST_LINES),
                        domains.flatMap(domain -> hosts.lines(domain, reversePath).stream()))
                .toList();
    }

    private boolean isTold(Client client) {
        return switch (settings.audience()) {
            case NOBODY -> false;
            case TRUSTED -> maySee(client);
            case ANYBODY -> true;
        };
    }

    private static boolean maySee(Client client) {
        return client.login() != null || client.trusted();
    }

    private String whole(String name) {
        return name.contains("@")
                ? name
                : directory.homeDomain().map(domain -> name + "@" + domain).orElse(name);
    }

    private Lookup find(String address) {
        return switch (directory.resolveAsking(address)) {
            case Resolution.Local(var _, var kept, var _) -> found(kept);
            case Resolution.Aliased(var kept, var _) -> found(kept);
            case Resolution.Group group -> found(group.address());
            case Resolution.Disabled _, Resolution.Unknown _ -> new Lookup.Unknown();
            case Resolution.Unseen _ -> new Lookup.Withheld();
            case Resolution.NotOurs _, Resolution.Relayed _ -> new Lookup.Elsewhere();
        };
    }

    private static Lookup found(String address) {
        return new Lookup.Found(List.of(address));
    }

    private static Lookup members(Expansion expansion) {
        if (expansion.isSentOn()) {
            return new Lookup.Elsewhere();
        }
        var members = Stream.concat(
                        expansion.steps().filter(Expansion::isKept).map(Lookups::account),
                        expansion.elsewhere().stream())
                .distinct()
                .toList();
        return members.isEmpty() ? nobody(expansion) : new Lookup.Found(members);
    }

    private static Lookup nobody(Expansion expansion) {
        return switch (expansion.resolution()) {
            case Resolution.Group _ ->
                new Lookup.Empty(
                        expansion.next().isEmpty()
                                ? "a group without members"
                                : "a group, and none of its members takes mail");
            case Resolution.Aliased _ -> new Lookup.Empty("an alias that leads to nobody");
            case Resolution.Local _ -> new Lookup.Empty("an account whose mail goes round in a circle");
            case Resolution.Disabled _, Resolution.Unknown _ -> new Lookup.Unknown();
            case Resolution.Unseen _ -> new Lookup.Withheld();
            case Resolution.NotOurs _, Resolution.Relayed _ -> new Lookup.Elsewhere();
        };
    }

    private static String account(Expansion kept) {
        return kept.resolution() instanceof Resolution.Local local ? local.address() : kept.address();
    }
}
