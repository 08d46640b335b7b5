package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    @Test
    void what_the_server_could_not_delete_of_the_old_application_does_not_hide_the_new_one(@TempDir Path directory)
            throws Exception {
        var home = new Home(directory);
        var domain = home.domains().resolve("mailroom");
        var unpacked = Files.createDirectories(domain.resolve("applications/mailroom"));
        Files.createDirectories(domain.resolve("config"));
        Files.writeString(domain.resolve("config/domain.xml"), """
                <domain><servers><server><application-ref ref="mailroom" enabled="true"/></server></servers>
                <configs><config name="server-config"/></configs></domain>""");
        var note = Files.writeString(unpacked.resolve(".glassfishStaleFiles"), "web-admin_war\n");
        new Server(home, Path.of("payara")).putToSleep();
        assertThat(note).doesNotExist();
        assertThat(domain.resolve("config/domain.xml")).content().contains("enabled=\"false\"");
    }
}
