package org.mailroom.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyGateTest {
    /** Null: nothing was sent. */
    private static Optional<String> wrong(Class<?> resource, String name, @Nullable String body) {
        return BodyGate.wrong(method(resource, name), body != null, body == null ? null : json(body));
    }

    private static Method method(Class<?> resource, String name) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && Modifier.isPublic(method.getModifiers()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonValue json(String text) {
        return Json.createReader(new StringReader(text)).readValue();
    }

    private static void refused(Class<?> resource, String name, @Nullable String body, String text) {
        assertThat(wrong(resource, name, body))
                .hasValueSatisfying(said -> assertThat(said).contains(text));
    }

    @Test
    void a_field_that_is_misspelled_is_named() {
        refused(AddressesResource.class, "putGroup", "{\"member\":[\"a@b.test\"]}", "\"member\"");
        refused(AddressesResource.class, "putGroup", "{\"members\":[],\"member\":[]}", "\"member\"");
        refused(LimitsResource.class, "put", "{\"octet\":1}", "octets, messages, messageOctets, recipients");
        refused(AddressesResource.class, "changeMembers", "{\"joined\":[]}", "\"joined\"");
    }

    @Test
    void a_change_of_what_cannot_be_changed_is_refused_before_the_call() {
        for (var resource : List.of(
                AccountsResource.class, PopPoliciesResource.class, AuthenticityResource.class, DomainsResource.class)) {
            refused(resource, "change", "{\"created\":null}", "There is no field \"created\" here; there are ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"displayName\":\"The team\"}"})
    void a_field_that_is_missing_is_named(String body) {
        refused(AddressesResource.class, "putGroup", body, "\"members\" is needed");
    }

    @Test
    void without_a_body_all_that_is_needed_is_missing() {
        refused(AddressesResource.class, "putModerators", null, "\"moderators\" is needed");
        refused(TenantsResource.class, "put", null, "\"domains\" is needed");
        assertThat(wrong(AccountsResource.class, "password", null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"null", "'\"x\"'", "7", "true"})
    void what_is_no_structure_is_refused(String body) {
        refused(AccountsResource.class, "password", body, "The body is a JSON object");
    }

    @Test
    void what_is_read_as_nothing_but_was_sent_is_refused() {
        assertThat(BodyGate.wrong(method(LimitsResource.class, "put"), true, null))
                .isPresent();
    }

    @Test
    void what_a_call_takes_is_let_through() {
        assertThat(wrong(AddressesResource.class, "putGroup", "{\"members\":[],\"owner\":null}"))
                .isEmpty();
        assertThat(wrong(AddressesResource.class, "changeMembers", "{\"leave\":[]}"))
                .isEmpty();
        assertThat(wrong(LimitsResource.class, "put", "{}")).isEmpty();
        assertThat(wrong(DomainsResource.class, "change", "{}")).isEmpty();
        assertThat(wrong(StateResource.class, "apply", "{\"anything\":[]}")).isEmpty();
    }
}
