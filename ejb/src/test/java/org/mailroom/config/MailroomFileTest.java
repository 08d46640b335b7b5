package org.mailroom.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestConfig;

class MailroomFileTest {
    @TempDir
    Path folder;

    private MailroomFile file(String content) throws Exception {
        return new MailroomFile(Files.writeString(folder.resolve("mailroom.properties"), content));
    }

    @Test
    void the_service_loader_finds_it() {
        assertThat(ServiceLoader.load(ConfigSource.class)).anyMatch(MailroomFile.class::isInstance);
    }

    @Test
    void the_file_is_utf_8_and_blanks_around_a_value_mean_nothing() throws Exception {
        var file = file("mail.hostname = mail.example.org  \nmail.domain=bücher.example\n");
        assertThat(file.getValue("mail.hostname")).isEqualTo("mail.example.org");
        assertThat(file.getValue("mail.domain")).isEqualTo("bücher.example");
    }

    @Test
    void it_stands_above_what_the_application_brings_and_below_the_environment() throws Exception {
        assertThat(file("").getOrdinal()).isBetween(101, 299);
    }

    @Test
    void no_file_means_no_values() {
        assertThat(new MailroomFile(null).getPropertyNames()).isEmpty();
        assertThat(new MailroomFile(folder.resolve("absent")).getPropertyNames())
                .isEmpty();
    }

    @Test
    void what_is_written_later_is_not_in_force() throws Exception {
        var atStart = file("mail.domain=old.example");
        var later = file("mail.domain=new.example");
        assertThat(atStart.getValue("mail.domain")).isEqualTo("old.example");
        assertThat(later.getValue("mail.domain")).isEqualTo("new.example");
    }

    @Test
    void a_file_that_cannot_be_read_says_which() {
        assertThatThrownBy(() -> new MailroomFile(folder)).hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> file("mail.domain=\\u12zz")).hasMessageContaining("mailroom.properties");
    }

    @Test
    void an_unknown_key_warns_and_names_the_nearest() throws Exception {
        var catalogue = Catalogue.read(new BufferedReader(new StringReader("# The port.\n# mail.smtp.port=2525\n")));
        var config = TestConfig.of(file("mail.smtp.prot=25\nmail.nonsense=1\nother.key=1\nmail.smtp.port=25\n"));
        var warnings = UnknownKeys.warnings(config, catalogue);
        assertThat(warnings).containsOnlyKeys("mail.smtp.prot", "mail.nonsense");
        assertThat(warnings.get("mail.smtp.prot")).endsWith("did you mean mail.smtp.port?");
        assertThat(warnings.get("mail.nonsense")).endsWith("is not a key of Mailroom");
    }

    @Test
    void a_system_property_of_jakarta_mail_is_somebody_elses() throws Exception {
        var catalogue = Catalogue.read(new BufferedReader(new StringReader("# The port.\n# mail.smtp.port=2525\n")));
        var config = TestConfig.of(Map.of("mail.smtp.host", "relay", "mail.mime.charset", "UTF-8", "mail.tls", "x"));
        assertThat(UnknownKeys.warnings(config, catalogue)).containsOnlyKeys("mail.tls");
    }
}
