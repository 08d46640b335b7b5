package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.directory.MailAddress;

class MappingTest {
    private static EntryReader reader(Preset preset, Map<String, String> lines) throws BadSource {
        return new EntryReader(Mapping.parse(preset.mapping()).with(lines), List.of("corp.test", "second.test"));
    }

    private static Entry somebody(String... lines) throws Exception {
        var entry = new Entry("cn=somebody,dc=corp,dc=test");
        for (var line : lines) {
            entry.addAttribute(line.split(": ", 2)[0], line.split(": ", 2)[1]);
        }
        return entry;
    }

    @Test
    void active_directory_marks_the_own_address_and_others_by_kind() throws Exception {
        var entry = somebody(
                "userPrincipalName: jdoe@corp.local",
                "sAMAccountName: jdoe",
                "proxyAddresses: smtp:doe@corp.test",
                "proxyAddresses: SMTP:John.Doe@corp.test",
                "proxyAddresses: X500:/o=corp",
                "proxyAddresses: smtp:jd@elsewhere.test",
                "mail: john.doe@corp.test",
                "displayName: John Doe",
                "userAccountControl: 514");
        entry.addAttribute("objectGUID", new byte[] {1, 2, (byte) 0xff, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        var reader = reader(Preset.ACTIVE_DIRECTORY, Map.of());
        var person = reader.person(entry).orElseThrow();
        assertThat(person.entry()).isEqualTo("0102ff0405060708090a0b0c0d0e0f10");
        assertThat(person.addresses())
                .containsExactly(new MailAddress("john.doe", "corp.test"), new MailAddress("doe", "corp.test"));
        assertThat(person.displayName()).isEqualTo("John Doe");
        assertThat(person.disabled()).isTrue();
        assertThat(reader.logins(entry)).containsExactly("jdoe@corp.local", "jdoe@corp.test", "jdoe@second.test");
    }

    @ParameterizedTest
    @CsvSource({"1048576, 1048576", "10M, 10485760", "2 GB, 2147483648", "5k, 5120", "lots,", "0,", "-1,"})
    void a_quota_has_a_unit_or_is_none(String text, Long octets) throws Exception {
        var reader = reader(Preset.OPENLDAP, Map.of("quota", "mailQuota"));
        var entry = somebody("entryUUID: 1", "uid: a", "mail: a@corp.test", "mailQuota: " + text);
        assertThat(reader.person(entry).orElseThrow().quotaOctets()).isEqualTo(octets);
    }

    @ParameterizedTest
    @CsvSource({"nsAccountLock=TRUE, true", "nsAccountLock=*, true", "nsAccountLock=no, false", "other=*, false"})
    void somebody_is_disabled_by_a_value(String rule, boolean disabled) throws Exception {
        var entry = somebody("entryUUID: 1", "uid: a", "mail: a@corp.test", "nsAccountLock: true");
        assertThat(reader(Preset.OPENLDAP, Map.of("disabled", rule))
                        .person(entry)
                        .orElseThrow()
                        .disabled())
                .isEqualTo(disabled);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "9223372036854775807, false",
        "99999999999999999999, false",
        "134012448000000000, true", // 2025-08-31
        "284012448000000000, false", // 2500
        "20240101000000Z, true",
        "25000101000000.0Z, false",
        "some day, false"
    })
    void an_account_ends_at_a_time(String value, boolean over) throws Exception {
        var entry = somebody("objectGUID: 1", "sAMAccountName: a", "mail: a@corp.test", "accountExpires: " + value);
        assertThat(reader(Preset.ACTIVE_DIRECTORY, Map.of())
                        .person(entry)
                        .orElseThrow()
                        .disabled())
                .isEqualTo(over);
    }

    @Test
    void who_has_no_address_of_ours_or_no_id_is_nobody() throws Exception {
        var reader = reader(Preset.OPENLDAP, Map.of());
        assertThat(reader.person(somebody("entryUUID: 1", "uid: a", "mail: a@elsewhere.test")))
                .isEmpty();
        assertThat(reader.person(somebody("uid: a", "mail: a@corp.test"))).isEmpty();
        assertThat(reader.person(somebody("entryUUID: 1", "uid: a", "mail: broken")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "person = (broken",
                "login = a b)(c",
                "what = mail",
                "no line",
                "membership = somehow",
                "disabled = x>y",
                "login-domain = corp.local;other",
                "login = uid\nlogin = mail"
            })
    void what_no_directory_understands_is_refused_when_it_is_written(String line) {
        assertThatThrownBy(() -> Mapping.parse("person = (uid=*)\nid = entryUUID\nlogin = uid\n" + line))
                .isInstanceOf(BadSource.class);
    }

    @Test
    void a_mapping_reads_as_it_was_written() throws Exception {
        var mapping = Mapping.parse(Preset.ACTIVE_DIRECTORY.mapping());
        assertThat(mapping.text()).isEqualTo(Preset.ACTIVE_DIRECTORY.mapping());
        assertThat(Mapping.parse(mapping.text())).isEqualTo(mapping);
    }
}
