package org.mailroom.receive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.directory.Resolution;

/**
 * A copy of a message that an account of ours forwards or a group sends to its members: with an envelope of its own, and with
 * fields before the message by which it is known when it comes back.
 *
 * @param by the address that sends it on
 * @param reversePath to which reports on it go
 * @param parameters of MAIL that hold for it
 * @param fields whole lines
 * @param local as in {@link Recipients}
 * @param remote likewise, by address
 */
record Onward(
        String by,
        String reversePath,
        Map<String, String> parameters,
        String fields,
        Map<AccountId, List<String>> local,
        Map<String, Envelope.Recipient> remote) {
    /** A message to an account, from the account. */
    static Onward forward(String by, String reversePath, Map<String, String> parameters, String fieldsBefore) {
        return new Onward(
                by, reversePath, parameters, deliveredTo(by) + fieldsBefore, new LinkedHashMap<>(), new HashMap<>());
    }

    /** A message to a group, from the list: a new one, with none of its author's wishes for reports (RFC 3461 §5.2.7.1). */
    static Onward group(
            Resolution.Group group, String reversePath, Map<String, String> parameters, String fieldsBefore) {
        var kept = new HashMap<>(parameters);
        List.of("ENVID", "RET").forEach(kept::remove);
        return new Onward(
                group.address(),
                reversePath,
                kept,
                deliveredTo(group.address()) + listFields(group) + fieldsBefore,
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    /** No standard, and what everybody looks for to find a circle. */
    private static String deliveredTo(String address) {
        return "Delivered-To: " + address + "\r\n";
    }

    /** RFC 2919 §2 and RFC 2369 §3.4. */
    private static String listFields(Resolution.Group group) {
        var name = group.displayName().replaceAll("[^ -~]|[\"\\\\<>]", "").strip();
        return "List-Id: " + (name.isEmpty() ? "" : "\"" + name + "\" ") + "<"
                + group.address().replace('@', '.').replaceAll("[^A-Za-z0-9._-]", "-") + ">\r\n"
                + "List-Post: <mailto:" + group.address().replaceAll("[^!-~]|[<>?&%\"]", "_") + ">\r\n"
                + "Precedence: list\r\n";
    }

    Onward marked(Map<String, String> marks) {
        return marks.isEmpty()
                ? this
                : new Onward(by, reversePath, Suspicion.marked(parameters, marks), fields, local, remote);
    }

    Envelope envelope() {
        return new Envelope(reversePath, parameters, List.copyOf(remote.values()));
    }

    boolean isEmpty() {
        return local.isEmpty() && remote.isEmpty();
    }

    void keepFor(AccountId account, String address) {
        local.computeIfAbsent(account, none -> new ArrayList<>()).add(address);
    }
}
