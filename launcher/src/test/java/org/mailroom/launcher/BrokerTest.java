package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    @TempDir
    Path directory;

    private Settings settings(String url) {
        var home = Home.of(directory.resolve("home"));
        home.prepare();
        var settings = Settings.of(home);
        settings.decide(Map.of("mail.broker.url", url));
        return settings;
    }

    /** As the broker's own tool writes it. */
    @Test
    void an_entry_has_the_form_of_the_password_file() {
        assertThat(Broker.entry("mailroom", "s3cret", "user"))
                .isEqualTo("mailroom:-7260613a3adbd960d8e6b8f14430cdb7:user:1\n");
    }

    @Test
    void a_broker_of_the_operator_is_named_by_its_url() {
        assertThat(Broker.of(settings("mq://mq.example.test"), new LoopbackPorts(24_800), "inside"))
                .isEqualTo(new Broker("mq.example.test", 7676, "mailroom", "", false));
        assertThat(Broker.of(settings(""), new LoopbackPorts(24_800), "inside"))
                .isEqualTo(new Broker("127.0.0.1", 24_876, "mailroom", "inside", true));
    }

    @Test
    void another_url_is_told() {
        assertThatThrownBy(() -> Broker.of(settings("tcp://mq.example.test"), new LoopbackPorts(24_800), "inside"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("mq://host:7676");
    }
}
