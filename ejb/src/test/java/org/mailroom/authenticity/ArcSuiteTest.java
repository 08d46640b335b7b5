package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 8617 by ValiMail's suite. */
class ArcSuiteTest {
    private final List<FakeDns> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(FakeDns::close);
    }

    private Dns zone(Map<String, Object> scenario) {
        var server = new FakeDns();
        servers.add(server);
        Suites.map(scenario.get("txt-records"))
                .forEach(
                        (name, text) -> Keys.txt(server, name, Suites.text(text).replace("\n", "")));
        return new Dns(List.of(server.address()), Duration.ofSeconds(5));
    }

    @TestFactory
    Stream<DynamicTest> a_chain_is_followed() {
        return Suites.read("arc-validation.yml").stream().flatMap(scenario -> {
            var check = new ArcCheck(zone(scenario));
            return Suites.map(scenario.get("tests")).entrySet().stream()
                    .map(each -> dynamicTest(each.getKey(), () -> validate(check, Suites.map(each.getValue()))));
        });
    }

    private static void validate(ArcCheck check, Map<String, Object> test) throws Exception {
        var source = Suites.message(Suites.text(test.get("message")));
        var found = check.check(source, Header.of(source));
        var expected = Suites.text(test.get("cv"));
        if (expected.isEmpty()) {
            return; // RFC 8617 leaves it open; it ends, and that is it.
        }
        assertThat(found.result().name())
                .as("%s; %s", test.get("description"), found)
                .isEqualToIgnoringCase(expected);
    }

    @TestFactory
    Stream<DynamicTest> a_set_is_added() {
        return Suites.read("arc-signing.yml").stream().flatMap(scenario -> {
            var check = new ArcCheck(zone(scenario));
            var key = new SigningKey(
                    Suites.text(scenario.get("domain")),
                    Suites.text(scenario.get("sel")),
                    Algorithm.RSA,
                    Keys.rsa(Suites.text(scenario.get("privatekey"))));
            return Suites.map(scenario.get("tests")).entrySet().stream()
                    .map(each -> dynamicTest(each.getKey(), () -> seal(check, key, Suites.map(each.getValue()))));
        });
    }

    private static void seal(ArcCheck check, SigningKey key, Map<String, Object> test) throws Exception {
        var source = Suites.message(Suites.text(test.get("message")));
        var header = Header.of(source);
        var names = Arrays.asList(Suites.text(test.get("sig-headers")).split(":"));
        var results = ResultsField.of(header, Suites.text(test.get("srv-id"))).orElse("");
        var now = Instant.ofEpochSecond(Long.parseLong(Suites.text(test.get("t"))));
        var fields = ArcSealing.fields(
                        source, header, results, check.check(source, header).result(), names, key, now)
                .map(ArcSuiteTest::compact)
                .orElse(Map.of());
        for (var field : Map.of("AS", ArcSet.SEAL, "AMS", ArcSet.MESSAGE, "AAR", ArcSet.RESULTS)
                .entrySet()) {
            assertThat(fields.getOrDefault(field.getValue(), ""))
                    .as(field.getKey())
                    .isEqualTo(Suites.text(test.get(field.getKey())).replaceAll("\\s", ""));
        }
    }

    /** Each field without white space, by its name. */
    private static Map<String, String> compact(String fields) {
        return Arrays.stream(fields.split("\r\n(?![ \t])"))
                .map(Field::of)
                .collect(Collectors.toMap(Field::name, field -> field.value().replaceAll("\\s", "")));
    }
}
