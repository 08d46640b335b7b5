package org.mailroom.admin;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailroom.contract.wire.Wire;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/** Asks DNS what other servers and mail programs ask about a domain of ours, and holds it against what would be right. */
final class DnsCheck {
    private final Dns dns;
    private final String domain;
    private final String host;
    private final String reports;
    private final List<DnsLine> lines = new ArrayList<>();

    /** @param reports the address to which others shall send what they have to report */
    DnsCheck(Dns dns, String domain, String host, String reports) {
        this.dns = dns;
        this.domain = domain;
        this.host = host;
        this.reports = reports;
    }

    List<DnsLine> lines() {
        return lines;
    }

    void arrival() {
        var exchangers = dns.exchangers(domain);
        add(
                "MX",
                domain,
                "MX",
                "10 " + host + ".",
                texts(exchangers, mx -> mx.preference() + " " + mx.host() + "."),
                true,
                found -> found.toLowerCase(Locale.ROOT).endsWith(" " + host + "."));
        var addresses = Stream.of(dns.addresses(host, false), dns.addresses(host, true))
                .flatMap(answer -> values(answer).stream())
                .toList();
        lines.add(new DnsLine(
                "ADDRESS",
                host,
                "",
                addresses.stream().map(InetAddress::getHostAddress).toList(),
                addresses.isEmpty() ? "missing" : "good"));
        addresses.stream().limit(4).forEach(this::reverse);
    }

    /** Many take no mail from an address whose name does not lead back to it. */
    private void reverse(InetAddress address) {
        var names = dns.names(address);
        add(
                "PTR",
                address.getHostAddress(),
                "PTR",
                host + ".",
                texts(names, name -> name + "."),
                true,
                (host + ".")::equals);
    }

    void senders() {
        var spf = dns.texts(domain);
        add(
                "SPF",
                domain,
                "TXT",
                "v=spf1 mx -all",
                texts(spf, text -> text)
                        .keep(text -> text.toLowerCase(Locale.ROOT).startsWith("v=spf1")),
                true,
                text -> true);
        text("DMARC", "_dmarc." + domain, "v=DMARC1; p=quarantine; rua=mailto:" + reports, "v=dmarc1", true);
    }

    void dkim(DkimKeyInfo key) {
        var squeezed = key.record().replaceAll("\\s", "");
        add(
                "DKIM",
                key.name(),
                "TXT",
                key.record(),
                texts(dns.texts(key.name()), text -> text),
                true,
                text -> text.replaceAll("\\s", "").equals(squeezed));
    }

    void transport(String tlsa) {
        text("MTA-STS", "_mta-sts." + domain, "v=STSv1; id=1", "v=stsv1", false);
        text("TLS-RPT", "_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:" + reports, "v=tlsrptv1", false);
        if (!tlsa.isEmpty()) {
            var name = "_25._tcp." + host;
            var found = texts(
                    dns.tlsa(name),
                    one -> one.usage() + " " + one.selector() + " " + one.matching() + " "
                            + HexFormat.of().formatHex(one.data()));
            add("TLSA", name, "TLSA", tlsa, found, false, tlsa::equals);
        }
    }

    /** RFC 6186 and 8314: where mail programs find us. */
    void services(List<Wire.Listening> listeners) {
        for (var listener : listeners) {
            var service = service(listener);
            if (!service.isEmpty()) {
                var name = "_" + service + "._tcp." + domain;
                var expected = "0 1 " + listener.address().getPort() + " " + host + ".";
                add(
                        "SRV",
                        name,
                        "SRV",
                        expected,
                        texts(dns.services(name), Dns.Service::text),
                        false,
                        expected::equals);
            }
        }
        var autoconfig = "autoconfig." + domain;
        add(
                "AUTOCONFIG",
                autoconfig,
                "CNAME",
                host + ".",
                texts(dns.addresses(autoconfig, false), InetAddress::getHostAddress),
                false,
                address -> true);
    }

    private static String service(Wire.Listening listener) {
        return switch (listener.protocol()) {
            case SUBMISSION -> listener.implicitTls() ? "submissions" : "submission";
            case IMAP -> listener.implicitTls() ? "imaps" : "imap";
            case POP3 -> listener.implicitTls() ? "pop3s" : "pop3";
            default -> "";
        };
    }

    private void text(String kind, String name, String expected, String begins, boolean needed) {
        var found = texts(dns.texts(name), text -> text)
                .keep(text -> text.toLowerCase(Locale.ROOT).startsWith(begins));
        add(kind, name, "TXT", expected, found, needed, text -> true);
    }

    private void add(
            String kind,
            String name,
            String record,
            String expected,
            Told told,
            boolean needed,
            Predicate<String> right) {
        var state = !told.known
                ? "unknown"
                : told.texts.isEmpty()
                        ? needed ? "missing" : "optional"
                        : told.texts.stream().anyMatch(right) ? "good" : "other";
        lines.add(new DnsLine(kind, name, zoneLine(name, record, expected), told.texts, state));
    }

    /** Text in strings of at most 255 octets (RFC 1035 §3.3). The reverse zone is the network owner's: he is told in words. */
    private static String zoneLine(String name, String record, String expected) {
        if (record.equals("PTR")) {
            return "PTR of " + name + ": " + expected;
        }
        var data = record.equals("TXT") ? '"' + expected.replaceAll("(.{255})(?=.)", "$1\" \"") + '"' : expected;
        return name + ". IN " + record + " " + data;
    }

    /** @param known false where the name servers gave no answer */
    private record Told(List<String> texts, boolean known) {
        Told keep(Predicate<String> wanted) {
            return new Told(texts.stream().filter(wanted).toList(), known);
        }
    }

    private static <T> Told texts(Answer<T> answer, Function<T, String> text) {
        return new Told(values(answer).stream().map(text).limit(20).toList(), !(answer instanceof Answer.Unknown<T>));
    }

    private static <T> List<T> values(Answer<T> answer) {
        return answer instanceof Answer.Found<T> found ? found.values() : List.of();
    }
}
