package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 7208 by the suite of openspf. */
class SpfSuiteTest {
    private final List<FakeDns> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(FakeDns::close);
    }

    @TestFactory
    Stream<DynamicTest> the_published_suite() {
        return Suites.read("spf-rfc7208.yml").stream().flatMap(scenario -> {
            var dns = zone(Suites.map(scenario.get("zonedata")));
            return Suites.map(scenario.get("tests")).entrySet().stream()
                    .map(each -> dynamicTest(each.getKey(), () -> check(dns, Suites.map(each.getValue()))));
        });
    }

    private static void check(Dns dns, Map<String, Object> test) throws IOException {
        var found = SpfCheck.check(
                dns,
                InetAddress.getByName(Suites.text(test.get("host"))),
                Suites.text(test.get("helo")),
                Suites.text(test.get("mailfrom")),
                "receiver.example");
        var expected = test.get("result") instanceof List<?> several ? several : List.of(test.get("result"));
        assertThat(expected.stream().map(String::valueOf).toList())
                .as("%s: %s", test.get("description"), found)
                .contains(found.result().word());
        var explanation = Suites.text(test.get("explanation"));
        if (!explanation.isEmpty() && !explanation.equals("DEFAULT")) {
            assertThat(found.why()).isEqualTo(explanation);
        }
    }

    private Dns zone(Map<String, Object> data) {
        var server = new FakeDns();
        servers.add(server);
        data.forEach((name, entries) -> {
            try {
                add(server, name.replace(" ", "\\032"), (List<?>) entries);
            } catch (IOException e) {
                throw new IllegalArgumentException(name, e);
            }
        });
        return new Dns(List.of(server.address()), Duration.ofSeconds(2));
    }

    private static void add(FakeDns server, String name, List<?> entries) throws IOException {
        boolean hasText = entries.stream().anyMatch(entry -> entry instanceof Map<?, ?> map && map.containsKey("TXT"));
        server.with(name + " HINFO \"a\" \"b\""); // so that the name is there
        for (var entry : entries) {
            if (!(entry instanceof Map<?, ?> map)) {
                if (entries.stream().noneMatch(each -> each instanceof Map<?, ?> map && isText(map))) {
                    server.failing(name); // TIMEOUT, of what does not stand there
                }
                continue;
            }
            var type = map.keySet().iterator().next().toString();
            var value = map.values().iterator().next();
            switch (type) {
                case "SPF" -> {
                    if (!hasText) {
                        server.with(name + " TXT " + text(value));
                    }
                }
                case "TXT" -> {
                    if (!"NONE".equals(value)) {
                        server.with(name + " TXT " + text(value));
                    }
                }
                case "MX" -> {
                    var parts = (List<?>) value;
                    server.with(name + " MX " + parts.get(0) + " " + absolute(parts.get(1)));
                }
                case "PTR", "CNAME" -> server.with(name + " " + type + " " + absolute(value));
                default -> server.with(name + " " + type + " " + value);
            }
        }
    }

    private static boolean isText(Map<?, ?> entry) {
        return entry.containsKey("TXT") && !"NONE".equals(entry.get("TXT"));
    }

    private static String absolute(Object name) {
        return name.toString().endsWith(".") ? name.toString() : name + ".";
    }

    private static String text(Object value) {
        var strings = value instanceof List<?> several ? several : List.of(value);
        var text = new StringBuilder();
        for (var string : strings) {
            var each = String.valueOf(string);
            for (int at = 0; at == 0 || at < each.length(); at += 200) {
                text.append('"');
                for (byte octet : each.substring(at, Math.min(each.length(), at + 200))
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) {
                    boolean plain = octet >= ' ' && octet < 127 && octet != '"' && octet != '\\';
                    text.append(plain ? "" + (char) octet : String.format("\\%03d", octet & 0xFF));
                }
                text.append("\" ");
            }
        }
        return text.toString().strip();
    }
}
