package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void a_taken_port_names_key_holder_and_cure() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            int port = taken.getLocalPort();
            assertThat(Ports.free(LOOPBACK, port)).isFalse();
            assertThatThrownBy(() -> Ports.require(LOOPBACK, port, "mail.imap.port"))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining(String.valueOf(port))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--set mail.imap.port=");
        }
    }

    @Test
    void a_free_port_is_free() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            port = socket.getLocalPort();
        }
        assertThatCode(() -> Ports.require(LOOPBACK, port, "mail.imap.port")).doesNotThrowAnyException();
    }

    @Test
    void an_address_of_another_machine_is_named_as_such() {
        assertThatThrownBy(() -> Ports.require("192.0.2.77", 2525, "mail.smtp.port"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("mail.listen=192.0.2.77");
    }

    @Test
    void the_first_that_serves_is_chosen() {
        assertThat(Ports.choose(100, 10, 200, port -> port > 115)).isEqualTo(120);
        assertThatThrownBy(() -> Ports.choose(100, 10, 200, port -> false)).isInstanceOf(Trouble.class);
    }
}
