package org.mailroom.transport;

import java.util.List;
import org.mailroom.contract.relay.TlsDemand;

/**
 * How mail to one host is protected, and by whose word.
 *
 * @param kind whose word
 * @param demand what the connection must be
 * @param testing whether a failure is only reported (RFC 8461 §5)
 * @param vouched whether somebody stands for the host's being the right one: signed DNS, a policy in force, or the operator
 *     (RFC 8689 §4.2.1 asks for it)
 * @param policy as published, line by line, for reports
 */
public record Protection(Kind kind, TlsDemand demand, boolean testing, boolean vouched, List<String> policy) {
    /** Whose word; the names are those of TLS reports (RFC 8460 §4.4). */
    public enum Kind {
        NONE("no-policy-found"),
        STS("sts"),
        TLSA("tlsa");

        final String name;

        Kind(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Nobody asks for anything. */
    public static final Protection OPPORTUNISTIC = of(TlsDemand.OPPORTUNISTIC, false);

    public Protection {
        policy = List.copyOf(policy);
    }

    /** Without a published policy. */
    public static Protection of(TlsDemand demand, boolean vouched) {
        return new Protection(Kind.NONE, demand, false, vouched, List.of());
    }

    /** In a few words, for people. */
    public String words() {
        var level = demand.level().name().toLowerCase(java.util.Locale.ROOT);
        return switch (kind) {
            case NONE -> level;
            case STS -> level + " (MTA-STS" + (testing ? ", testing)" : ")");
            case TLSA -> level + " (TLSA)";
        };
    }
}
