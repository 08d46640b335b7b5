package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1:25",
        "2001:db8::7,[2001:db8::7]:25",
        "::,[::]:25",
        "::1,[::1]:25",
        "2001:db8:0:1:1:1:1:1,[2001:db8:0:1:1:1:1:1]:25",
        "2001:0:0:1:0:0:0:1,[2001:0:0:1::1]:25",
        "2001:db8:0:0:1:0:0:1,[2001:db8::1:0:0:1]:25"
    })
    void address_is_written_as_it_is_typed(String typed, String shown) {
        assertThat(Addresses.text(new InetSocketAddress(InetAddress.ofLiteral(typed), 25)))
                .isEqualTo(shown);
    }
}
