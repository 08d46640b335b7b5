package org.mailroom.authenticity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/** Whether a host may send for a domain (RFC 7208). One object a question: it counts what it asks of DNS. */
final class SpfCheck {
    /** RFC 7208 §4.6.4. */
    private static final int MOST_TERMS = 10;

    private static final int MOST_VOID = 2;
    private static final int MOST_NAMES = 10;
    private static final int LONGEST_EXPLANATION = 200;

    private final Dns dns;
    private final SpfMacro macro;
    private int terms;
    private int voids;

    private SpfCheck(Dns dns, SpfMacro macro) {
        this.dns = dns;
        this.macro = macro;
    }

    /** Ends everything at once: nothing that comes later can change it. */
    private static final class End extends Exception {
        private static final long serialVersionUID = 1L;
        private final Result result;

        End(Result result, String why) {
            super(why, null, false, false);
            this.result = result;
        }
    }

    /**
     * @param reversePath empty for a bounce: then HELO is asked (RFC 7208 §2.4)
     * @param receiver our own name
     */
    static SpfResult check(Dns dns, InetAddress client, String helo, String reversePath, String receiver) {
        boolean bounce = reversePath.isEmpty();
        int at = reversePath.lastIndexOf('@');
        var domain = bounce ? helo : reversePath.substring(at + 1);
        var sender = bounce || at <= 0 ? "postmaster@" + domain : reversePath;
        var names = new SpfNames(dns, client, domain.toLowerCase(Locale.ROOT));
        var macro = new SpfMacro(client, sender, helo, domain, names::best, receiver);
        return new SpfCheck(dns, macro).start(domain.toLowerCase(Locale.ROOT), bounce);
    }

    private SpfResult start(String domain, boolean helo) {
        if (!isName(domain)) {
            return new SpfResult(Result.NONE, domain, helo, "no domain");
        }
        try {
            var found = evaluate(domain);
            return new SpfResult(found.result, domain, helo, found.why);
        } catch (End e) {
            return new SpfResult(e.result, domain, helo, String.valueOf(e.getMessage()));
        } catch (MalformedException e) {
            return new SpfResult(Result.PERMERROR, domain, helo, e.why());
        }
    }

    private static boolean isName(String domain) {
        if (domain.length() > 253 || !domain.contains(".") || domain.contains("..")) {
            return false;
        }
        return List.of(domain.split("\\.")).stream()
                .allMatch(label -> !label.isEmpty()
                        && label.length() <= 63
                        && label.chars().allMatch(c -> c > ' '));
    }

    private record Found(Result result, String why) {}

    private Found evaluate(String domain) throws End, MalformedException {
        var record = record(domain);
        if (record == null) {
            return new Found(Result.NONE, "no record");
        }
        var policy = SpfTerm.policy(record);
        for (var term : policy.terms()) {
            if (matches(term, domain)) {
                return new Found(term.result(), why(term, policy, domain));
            }
        }
        if (policy.redirect() == null) {
            return new Found(Result.NEUTRAL, "nothing matches");
        }
        count();
        var found = evaluate(target(policy.redirect(), domain));
        if (found.result == Result.NONE) {
            throw new End(Result.PERMERROR, "redirect= leads nowhere");
        }
        return found;
    }

    /** Null where the domain has none. */
    private @Nullable String record(String domain) throws End {
        var records = texts(domain).stream().filter(SpfTerm::isRecord).toList();
        if (records.size() > 1) {
            throw new End(Result.PERMERROR, "several records");
        }
        if (records.isEmpty()) {
            return null;
        }
        if (!records.getFirst().chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new End(Result.PERMERROR, "a record that is not ASCII");
        }
        return records.getFirst();
    }

    private List<String> texts(String domain) throws End {
        return switch (dns.texts(domain)) {
            case Answer.Found<String> found -> found.values();
            case Answer.None<String> _ -> List.of();
            case Answer.Unknown<String> _ -> throw noAnswer(domain);
        };
    }

    private static End noAnswer(String name) {
        return new End(Result.TEMPERROR, "no answer for " + name);
    }

    /** What the domain says to those whom it does not let pass (RFC 7208 §6.2). */
    private String why(SpfTerm term, SpfTerm.Policy policy, String domain) {
        var name = term.value() == null ? term.name() : term.name() + ":" + term.value();
        if (term.result() != Result.FAIL || policy.explanation() == null) {
            return name;
        }
        try {
            var texts = texts(target(policy.explanation(), domain));
            if (texts.size() != 1
                    || texts.getFirst().length() > SpfTerm.LONGEST_RECORD
                    || !texts.getFirst().chars().allMatch(c -> c >= ' ' && c < 127)) {
                return name;
            }
            SpfMacro.check(texts.getFirst().replace(" ", ""));
            var text = macro.of(domain).fill(texts.getFirst());
            return text.substring(0, Math.min(text.length(), LONGEST_EXPLANATION));
        } catch (End | MalformedException e) {
            return name;
        }
    }

    private String target(@Nullable String value, String domain) throws MalformedException {
        return value == null ? domain : macro.of(domain).name(value);
    }

    private void count() throws End {
        if (++terms > MOST_TERMS) {
            throw new End(Result.PERMERROR, "more than " + MOST_TERMS + " terms that ask DNS");
        }
    }

    private <T> List<T> values(Answer<T> answer, String name) throws End {
        return switch (answer) {
            case Answer.Found<T> found -> found.values();
            case Answer.Unknown<T> _ -> throw noAnswer(name);
            case Answer.None<T> _ -> {
                if (++voids > MOST_VOID) {
                    throw new End(Result.PERMERROR, "more than " + MOST_VOID + " names without an answer");
                }
                yield List.of();
            }
        };
    }

    private boolean matches(SpfTerm term, String domain) throws End, MalformedException {
        return switch (term.name()) {
            case "all" -> true;
            case "ip4", "ip6" -> isIn(literal(term), term);
            case "include" -> include(target(term.value(), domain));
            case "a" -> {
                count();
                yield anyAddress(target(term.value(), domain), term, true);
            }
            case "mx" -> exchanger(target(term.value(), domain), term);
            case "ptr" -> {
                count();
                yield !new SpfNames(dns, macro.client(), domain)
                        .within(target(term.value(), domain).toLowerCase(Locale.ROOT))
                        .isEmpty();
            }
            default -> {
                count();
                var name = target(term.value(), domain);
                yield !values(dns.addresses(name, false), name).isEmpty();
            }
        };
    }

    private boolean include(String domain) throws End, MalformedException {
        count();
        return switch (evaluate(domain).result) {
            case PASS -> true;
            case NONE -> throw new End(Result.PERMERROR, "include: leads nowhere");
            default -> false;
        };
    }

    private boolean exchanger(String domain, SpfTerm term) throws End {
        count();
        var exchangers = values(dns.exchangers(domain), domain);
        if (exchangers.size() > MOST_NAMES) {
            throw new End(Result.PERMERROR, "more than " + MOST_NAMES + " mail exchangers");
        }
        for (var exchanger : exchangers) {
            if (!exchanger.host().isEmpty() && anyAddress(exchanger.host(), term, false)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyAddress(String name, SpfTerm term, boolean countVoid) throws End {
        boolean six = macro.client() instanceof Inet6Address;
        var answer = dns.addresses(name, six);
        if (!countVoid && answer instanceof Answer.None<InetAddress>) {
            return false;
        }
        for (var address : values(answer, name)) {
            if (isIn(address, term)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress literal(SpfTerm term) throws MalformedException {
        var text = String.valueOf(term.value());
        boolean six = term.name().equals("ip6");
        var digit = "(0|[1-9]\\d{0,2})";
        if (!text.matches(six ? "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*" : digit + "(\\." + digit + "){3}")) {
            throw new MalformedException("an address that makes no sense");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new MalformedException("an address that makes no sense");
        }
    }

    private boolean isIn(InetAddress network, SpfTerm term) {
        var own = macro.client().getAddress();
        var other = network.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int bits = own.length == 4 ? term.prefix4() : term.prefix6();
        for (int i = 0; i < bits; i++) {
            if (((own[i / 8] ^ other[i / 8]) >> 7 - i % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }
}
