package org.mailroom.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mailroom.directory.Expansion.End;

/** Follows an address to where its mail ends. */
final class Walk {
    private static final int DEEPEST = 10;

    /** Steps of one tree, and thereby recipients of one message. */
    private static final int MOST = 10_000;

    private final Function<String, Found> directory;

    /** Who has been met, by what he is and not by how he was called. */
    private final Set<Object> met = new HashSet<>();

    /** Those of them who lead to where we are. */
    private final Set<Object> above = new LinkedHashSet<>();

    private int steps;

    Walk(Function<String, Found> directory) {
        this.directory = directory;
    }

    Expansion from(String address) {
        steps++;
        var found = directory.apply(address);
        var resolution = found.resolution();
        var end = end(identity(address, resolution));
        var words = Words.of(address, found, end);
        if (end != End.GOAL) {
            return new Expansion(address, resolution, words, end, List.of());
        }
        return new Expansion(address, resolution, words, end, follow(address, resolution));
    }

    private List<Expansion> follow(String address, Resolution resolution) {
        var who = identity(address, resolution);
        above.add(who);
        var next = new ArrayList<Expansion>();
        for (var target : targets(resolution)) {
            next.add(from(target));
            if (steps > MOST) {
                break;
            }
        }
        above.remove(who);
        return next;
    }

    private End end(Object who) {
        if (above.contains(who)) {
            return End.CIRCLE;
        }
        if (!met.add(who)) {
            return End.AGAIN;
        }
        if (steps > MOST) {
            return End.TOO_MANY;
        }
        return above.size() >= DEEPEST ? End.TOO_DEEP : End.GOAL;
    }

    private static List<String> targets(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Local local ->
                local.forward() == null ? List.of() : local.forward().targets();
            case Resolution.Aliased aliased -> aliased.targets();
            case Resolution.Group group -> group.members();
            case Resolution.Disabled _,
                    Resolution.Unknown _,
                    Resolution.Unseen _,
                    Resolution.NotOurs _,
                    Resolution.Relayed _ -> List.of();
        };
    }

    private static Object identity(String address, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Local local -> local.account();
            case Resolution.Disabled disabled -> disabled.account();
            case Resolution.Aliased aliased -> aliased.address();
            case Resolution.Group group -> group.address();
            case Resolution.Unknown _, Resolution.Unseen _, Resolution.NotOurs _, Resolution.Relayed _ ->
                canonical(address);
        };
    }

    private static String canonical(String address) {
        try {
            return MailAddress.parse(address).toString();
        } catch (BadAddress e) {
            return address;
        }
    }
}
