package org.mailroom.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/**
 * Mail for a domain that became ours while it waited: no host is asked, it ends here, or where the address leads.
 *
 * @param home those whom we know; may be nobody
 * @param accounts whose mailboxes these are
 * @param elsewhere addresses to which it is sent on
 * @param ways where each of those at home leads
 * @param refused those whom we do not know, or who take no mail
 */
public record Homecoming(
        Batch home,
        Set<AccountId> accounts,
        List<String> elsewhere,
        Map<String, Expansion> ways,
        List<Attempt.Result> refused) {
    public Homecoming {
        accounts = Set.copyOf(accounts);
        elsewhere = List.copyOf(elsewhere);
        ways = Map.copyOf(ways);
        refused = List.copyOf(refused);
    }

    static Homecoming of(Batch batch, Function<String, Expansion> directory) {
        var home = new ArrayList<Batch.Addressee>();
        var accounts = new LinkedHashSet<AccountId>();
        var elsewhere = new LinkedHashSet<String>();
        var ways = new HashMap<String, Expansion>();
        var refused = new ArrayList<Attempt.Result>();
        for (var addressee : batch.addressees()) {
            var expansion = directory.apply(addressee.address());
            if (expansion.meetsUnseen()) {
                refused.add(later(addressee));
            } else if (expansion.arrives()) {
                home.add(addressee);
                ways.put(addressee.address(), expansion);
                accounts.addAll(expansion.accounts());
                elsewhere.addAll(expansion.elsewhere());
            } else if (expansion.resolution() instanceof Resolution.Disabled) {
                refused.add(refusal(addressee, "5.2.1", "This recipient takes no mail now"));
            } else {
                refused.add(refusal(addressee, "5.1.1", "No such recipient here"));
            }
        }
        return new Homecoming(
                batch.of(home, batch.whole() && refused.isEmpty()), accounts, List.copyOf(elsewhere), ways, refused);
    }

    private static Attempt.Result later(Batch.Addressee addressee) {
        var text = "It cannot be said now who is behind this address";
        return new Attempt.Result(addressee, new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.0", text), "", "");
    }

    private static Attempt.Result refusal(Batch.Addressee addressee, String status, String text) {
        return new Attempt.Result(addressee, new Outcome(Outcome.Kind.FAILED, 0, status, text), "", "");
    }

    /** The recipients at home as results: they have it. */
    List<Attempt.Result> delivered() {
        var outcome = new Outcome(Outcome.Kind.DELIVERED, 0, "2.0.0", "");
        return home.addressees().stream()
                .map(addressee -> new Attempt.Result(addressee, outcome, "local", ""))
                .toList();
    }
}
