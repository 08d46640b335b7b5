package org.mailroom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestConfig;

class SettingsTest {
    private static Settings with(String value) {
        return Settings.of(TestConfig.of(Map.of("mail.x", value)));
    }

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void what_is_not_set_has_its_default() {
        var settings = Settings.of(TestConfig.of(Map.of()));
        assertThat(settings.number("mail.x", 7, 1, 9)).isEqualTo(7);
        assertThat(settings.duration("mail.x", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(settings.flag("mail.x", true)).isTrue();
        assertThat(settings.choice("mail.x", Colour.GREEN)).isEqualTo(Colour.GREEN);
        assertThat(settings.list("mail.x")).isEmpty();
        assertThat(settings.text("mail.x", "a")).isEqualTo("a");
    }

    @Test
    void values_are_read() {
        assertThat(with("8").number("mail.x", 7, 1, 9)).isEqualTo(8);
        assertThat(with("PT5M").duration("mail.x", Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(5));
        assertThat(with("False").flag("mail.x", true)).isFalse();
        assertThat(with("red").choice("mail.x", Colour.GREEN)).isEqualTo(Colour.RED);
        assertThat(with(" a, b ,,c").list("mail.x")).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource({"0", "10", "x", "1.5", "99999999999999999999"})
    void a_wrong_number_is_refused_by_key_and_value(String value) {
        assertThatThrownBy(() -> with(value).number("mail.x", 7, 1, 9)).hasMessageContaining("mail.x=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5m", "PT0S", "-PT5M", "5"})
    void a_wrong_time_span_is_refused_with_an_example(String value) {
        assertThatThrownBy(() -> with(value).duration("mail.x", Duration.ofDays(1)))
                .hasMessageContaining("mail.x=")
                .hasMessageContaining("PT5M");
    }

    @Test
    void a_wrong_choice_lists_the_right_ones() {
        assertThatThrownBy(() -> with("blue").choice("mail.x", Colour.RED)).hasMessageContaining("one of red, green");
        assertThatThrownBy(() -> with("yes").flag("mail.x", true)).hasMessageContaining("true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "-mail", "mail_1.example", "a..b", "2001:db8::1"})
    void a_host_name_is_no_address_and_no_nonsense(String name) {
        var config = TestConfig.of(Map.of("mail.hostname", name));
        assertThatThrownBy(() -> HostName.of(config)).hasMessageContaining("mail.hostname=" + name);
    }

    @Test
    void a_host_name_is_taken_in_lower_case_and_found_where_none_is_set() {
        assertThat(HostName.of(TestConfig.of(Map.of("mail.hostname", "Mail.Example.ORG"))))
                .isEqualTo("mail.example.org");
        assertThat(HostName.of(TestConfig.of(Map.of()))).isNotEmpty();
    }
}
