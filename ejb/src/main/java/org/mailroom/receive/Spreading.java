package org.mailroom.receive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/** Follows the recipients of one message through aliases, forwards and groups to everybody who gets it. */
final class Spreading {
    private static final String NOTIFY = "NOTIFY";
    private static final String SUCCESS = "SUCCESS";

    private final Envelope envelope;

    /** Addresses of ours that had this message before (Delivered-To). */
    private final Set<String> trail;

    /** The reverse path with which mail leaves a domain of ours, from the one with which it came. */
    private final BinaryOperator<String> rewriting;

    private final Map<AccountId, List<String>> local = new LinkedHashMap<>();
    private final Map<String, Envelope.Recipient> remote = new LinkedHashMap<>();
    private final Map<String, Onward> onward = new LinkedHashMap<>();
    private final List<Envelope.Recipient> delivered = new ArrayList<>();
    private final List<Envelope.Recipient> expanded = new ArrayList<>();
    private final Map<String, Expansion> ways = new LinkedHashMap<>();
    private final Map<AccountId, String> owners = new HashMap<>();
    private final Map<String, String> by = new HashMap<>();

    Spreading(Envelope envelope, Set<String> trail, BinaryOperator<String> rewriting) {
        this.envelope = envelope;
        this.trail = trail;
        this.rewriting = rewriting;
    }

    Recipients recipients() {
        var served = new HashSet<>(local.keySet());
        for (var copy : onward.values()) {
            copy.local().keySet().removeAll(served);
            served.addAll(copy.local().keySet());
        }
        var copies = onward.values().stream().filter(copy -> !copy.isEmpty()).toList();
        by.keySet().removeIf(named()::contains);
        return new Recipients(local, List.copyOf(remote.values()), copies, delivered, expanded, ways, owners, by);
    }

    private Set<String> named() {
        return by.isEmpty()
                ? Set.of()
                : envelope.recipients().stream()
                        .map(Envelope.Recipient::address)
                        .collect(Collectors.toSet());
    }

    /** Who has a mailbox, and nothing more is to be said. @param owner the account's own address */
    void account(AccountId account, String owner, Envelope.Recipient recipient) {
        owners.put(account, owner);
        local.computeIfAbsent(account, none -> new ArrayList<>()).add(recipient.address());
        delivered(recipient);
    }

    void elsewhere(Envelope.Recipient recipient) {
        remote.putIfAbsent(recipient.address(), recipient);
    }

    void all(Expansion expansion, Envelope.Recipient recipient) {
        ways.put(recipient.address(), expansion);
        follow(expansion, recipient, null);
    }

    /** @param via who sends it on, or null where the message is still its author's */
    private void follow(Expansion step, Envelope.Recipient recipient, @Nullable Onward via) {
        if (step.resolution() instanceof Resolution.Local account) {
            account(step, account, recipient, via);
        } else if (step.isSentOn()) {
            sendOn(step.address(), recipient, via);
        } else if (step.resolution() instanceof Resolution.Group group) {
            group(step, group, recipient, via);
        } else if (step.resolution() instanceof Resolution.Aliased alias) {
            alias(step, alias, recipient, via);
        }
    }

    private void sendOn(String address, Envelope.Recipient recipient, @Nullable Onward via) {
        var target = new Envelope.Recipient(address, recipient.parameters());
        if (via == null) {
            by.putIfAbsent(address, recipient.address());
            elsewhere(target);
        } else {
            via.remote().putIfAbsent(address, target);
        }
    }

    /** RFC 3461 §5.2.7.2 and §5.2.7.3 (c): of one the author hears all, of several failures only. */
    private void alias(Expansion step, Resolution.Aliased alias, Envelope.Recipient recipient, @Nullable Onward via) {
        if (trail.contains(alias.address())) {
            return;
        }
        boolean several = step.next().size() > 1;
        if (several && via == null && wantsSuccess(recipient)) {
            expanded.add(recipient);
        }
        var passed = several ? withoutSuccess(recipient) : recipient;
        step.next().forEach(target -> follow(target, passed, target.isSentOn() ? outward(alias, via) : via));
    }

    /** What leaves us in a stranger's name would fail his SPF: it gets a reverse path of ours, as a forward does. */
    private @Nullable Onward outward(Resolution.Aliased alias, @Nullable Onward via) {
        var before = reversePath(via);
        var after = rewriting.apply(before, domain(alias.address()));
        return after.equals(before) ? via : forwarded(alias.address(), after, via);
    }

    private Onward forwarded(String by, String reversePath, @Nullable Onward via) {
        return onward.computeIfAbsent(
                "forward " + by,
                none -> Onward.forward(
                        by,
                        reversePath,
                        via == null ? envelope.parameters() : via.parameters(),
                        via == null ? "" : via.fields()));
    }

    private void account(Expansion step, Resolution.Local account, Envelope.Recipient recipient, @Nullable Onward via) {
        boolean back = step.next().isEmpty() || trail.contains(account.address());
        if (step.isKept() || back && step.end() != Expansion.End.AGAIN) {
            if (via == null) {
                account(account.account(), account.address(), recipient);
            } else {
                via.keepFor(account.account(), account.address());
            }
        }
        if (!back) {
            forward(step, account, recipient, via);
        }
    }

    private void forward(Expansion step, Resolution.Local account, Envelope.Recipient recipient, @Nullable Onward via) {
        var copy = forwarded(account.address(), rewriting.apply(reversePath(via), domain(account.address())), via);
        boolean several = step.next().size() > 1 || step.isKept();
        if (several && !step.isKept() && via == null && wantsSuccess(recipient)) {
            expanded.add(recipient);
        }
        var passed = several ? withoutSuccess(recipient) : recipient;
        step.next().forEach(target -> follow(target, passed, copy));
    }

    /** RFC 3461 §5.2.7.1: with a list it has arrived, and what the list sends is another message. */
    private void group(Expansion step, Resolution.Group group, Envelope.Recipient recipient, @Nullable Onward via) {
        if (step.end() != Expansion.End.GOAL || trail.contains(group.address())) {
            return;
        }
        if (via == null) {
            delivered(recipient);
        }
        var copy = onward.computeIfAbsent(
                "group " + group.address(),
                none -> Onward.group(
                        group,
                        envelope.isBounce() ? "" : group.bounceAddress(),
                        via == null ? envelope.parameters() : via.parameters(),
                        via == null ? "" : via.fields()));
        var member = new Envelope.Recipient(recipient.address(), Map.of());
        step.next().forEach(target -> follow(target, member, copy));
    }

    private String reversePath(@Nullable Onward via) {
        return via == null ? envelope.reversePath() : via.reversePath();
    }

    private void delivered(Envelope.Recipient recipient) {
        if (wantsSuccess(recipient)) {
            delivered.add(recipient);
        }
    }

    private static boolean wantsSuccess(Envelope.Recipient recipient) {
        return !recipient.parameters().isEmpty() && wishes(recipient).contains(SUCCESS);
    }

    private static List<String> wishes(Envelope.Recipient recipient) {
        var notify = recipient.parameters().getOrDefault(NOTIFY, "").toUpperCase(Locale.ROOT);
        return Arrays.asList(notify.split(","));
    }

    private static Envelope.Recipient withoutSuccess(Envelope.Recipient recipient) {
        if (!wantsSuccess(recipient)) {
            return recipient;
        }
        var left =
                wishes(recipient).stream().filter(wish -> !wish.equals(SUCCESS)).collect(Collectors.joining(","));
        var parameters = new HashMap<>(recipient.parameters());
        parameters.put(NOTIFY, left.isEmpty() ? "NEVER" : left);
        return new Envelope.Recipient(recipient.address(), parameters);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
