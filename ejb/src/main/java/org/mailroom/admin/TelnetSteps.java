package org.mailroom.admin;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailroom.admin.TelnetWay.Step;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/** What DNS says on the way to the hosts of a domain, as the queue asks it. */
final class TelnetSteps {
    private static final int MOST = 8;

    private final Dns dns;
    private final List<Step> steps = new ArrayList<>();

    TelnetSteps(Dns dns) {
        this.dns = dns;
    }

    List<Step> steps() {
        return steps;
    }

    void exchangers(String domain) {
        add(
                "mx",
                domain,
                dns.exchangers(domain),
                mx -> mx.preference() + " " + (mx.host().isEmpty() ? "." : mx.host()));
    }

    void host(RouteOutlook.Host host) {
        boolean six = host.address().contains(":");
        add("address", host.name(), dns.addresses(host.name(), six), InetAddress::getHostAddress);
        var name = "_" + host.port() + "._tcp." + host.name();
        add("tlsa", name, dns.tlsa(name), TelnetSteps::text);
    }

    private static String text(Dns.Tlsa record) {
        return record.usage() + " " + record.selector() + " " + record.matching() + " "
                + HexFormat.of().formatHex(record.data());
    }

    void policy(String domain) {
        add("mta-sts", "_mta-sts." + domain, dns.texts("_mta-sts." + domain), text -> text);
    }

    /** What the queue made of it. */
    void demand(RouteOutlook.Host host) {
        var policy = host.policy().isEmpty() ? "" : ": " + String.join(", ", host.policy());
        steps.add(new Step("tls", host.name() + " [" + host.address() + "]", host.tls() + policy, false));
    }

    private <T> void add(String kind, String name, Answer<T> answer, Function<T, String> words) {
        steps.add(
                switch (answer) {
                    case Answer.Found<T> found ->
                        new Step(
                                kind,
                                name,
                                found.values().stream().limit(MOST).map(words).collect(Collectors.joining(", ")),
                                found.secure());
                    case Answer.None<T> none -> new Step(kind, name, "", none.secure());
                    case Answer.Unknown<T> unknown -> new Step(kind, name, "? " + unknown.why(), false);
                });
    }
}
