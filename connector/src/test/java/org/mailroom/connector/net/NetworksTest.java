package org.mailroom.connector.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {
    @Test
    void an_address_is_in_its_network_and_in_no_other() {
        var networks = Networks.of(List.of("10.0.0.0/8", "192.168.1.128/25", "2001:db8::/33", "127.0.0.1"));
        assertThat(in(networks, "10.255.0.1")).isTrue();
        assertThat(in(networks, "11.0.0.1")).isFalse();
        assertThat(in(networks, "192.168.1.129")).isTrue();
        assertThat(in(networks, "192.168.1.127")).isFalse();
        assertThat(in(networks, "2001:db8:7fff::1")).isTrue();
        assertThat(in(networks, "2001:db8:8000::1")).isFalse();
        assertThat(in(networks, "127.0.0.1")).isTrue();
        assertThat(in(networks, "127.0.0.2")).isFalse();
    }

    @Test
    void what_is_no_network_is_told() {
        assertThatThrownBy(() -> Networks.of(List.of("10.0.0.0/33"))).hasMessageContaining("10.0.0.0/33");
        assertThatThrownBy(() -> Networks.of(List.of("localhost"))).hasMessageContaining("localhost");
    }

    private static boolean in(Networks networks, String address) {
        return networks.contains(InetAddress.ofLiteral(address));
    }
}
