package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelnetReachTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                        "224.0.0.1",
                "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
                "2002:7f00:1::", "mail.example.org", ""
            })
    void what_lies_inside_is_out_of_reach(String address) {
        assertThat(TelnetReach.isPublic(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "100.128.0.1", "2001:db8::1"})
    void open_network_is_reached(String address) {
        assertThat(TelnetReach.isPublic(address)).isTrue();
    }
}
