package org.mailroom.receive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Lookup;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/** VRFY and EXPN: the truth for those who logged in or come from a trusted network, and nothing for those who gather addresses. */
@ApplicationScoped
public class Lookups {
    @Inject
    private Directory directory;

    public Lookup verify(Client client, String name) {
        return maySee(client) ? find(whole(name)) : new Lookup.Withheld();
    }

    public Lookup expand(Client client, String name) {
        return maySee(client) ? members(directory.whereTo(whole(name))) : new Lookup.Withheld();
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
        return switch (directory.resolve(address)) {
            case Resolution.Local(var _, var kept, var _) -> found(kept);
            case Resolution.Aliased(var kept, var _) -> found(kept);
            case Resolution.Group group -> found(group.address());
            case Resolution.Disabled _, Resolution.Unknown _ -> new Lookup.Unknown();
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
        return members.isEmpty() ? new Lookup.Unknown() : new Lookup.Found(members);
    }

    private static String account(Expansion kept) {
        return kept.resolution() instanceof Resolution.Local local ? local.address() : kept.address();
    }
}
