package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of those who would like to see us busy (RFC 7208 §11.1). */
class SpfLimitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "%{s}", ".", "-", "a-", ".a", "0", "%"})
    void a_record_without_end_is_an_error_and_no_more(String piece) {
        for (var start : new String[] {"exists:", "redirect=", "x=", "a:a."}) {
            assertThatThrownBy(() -> SpfTerm.policy("v=spf1 " + start + piece.repeat(20_000) + "! -all"))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void what_a_macro_makes_is_cut_on_the_left_rfc7208_7_3() throws Exception {
        var sender = "a.".repeat(30) + "b@there.test";
        var macro = new SpfMacro(
                InetAddress.ofLiteral("192.0.2.1"), sender, "there.test", "there.test", () -> "", "here.test");
        assertThat(macro.name("%{l}." + "%{l}.".repeat(500) + "_spf.there.test"))
                .hasSizeBetween(250, 253)
                .startsWith("a.")
                .endsWith(".b._spf.there.test");
        assertThat(macro.name("%{d}")).isEqualTo("there.test");
    }
}
