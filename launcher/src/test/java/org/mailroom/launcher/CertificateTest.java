package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private Home home;
    private Settings settings;

    @BeforeEach
    void home() {
        home = Home.of(directory.resolve("home"));
        home.prepare();
        settings = Settings.of(home);
        settings.decide(Map.of("mail.hostname", "mail.example.test"));
    }

    @Test
    void the_first_one_names_the_host_and_serves_the_console() throws Exception {
        var certificate = Certificate.of(home, settings);
        certificate.prepare(home, settings);
        var store = keyStore();
        certificate.install(store, PASSWORD);
        var installed = KeyStore.getInstance(store.toFile(), PASSWORD);
        assertThat(installed.isKeyEntry("mailroom")).isTrue();
        var x509 = (X509Certificate) installed.getCertificate("mailroom");
        assertThat(x509.getSubjectX500Principal().getName()).isEqualTo("CN=mail.example.test");
        assertThat(x509.getSubjectAlternativeNames().toString())
                .contains("mail.example.test", "localhost", "127.0.0.1");
    }

    @Test
    void one_that_is_there_is_left_alone() throws Exception {
        var certificate = Certificate.of(home, settings);
        certificate.prepare(home, settings);
        var before = Files.readString(certificate.chain());
        certificate.prepare(home, settings);
        assertThat(Files.readString(certificate.chain())).isEqualTo(before);
    }

    @Test
    void a_named_file_that_is_missing_is_not_made_up() {
        settings.decide(Map.of("mail.tls.certificate", "/nowhere/chain.pem"));
        assertThatThrownBy(() -> Certificate.of(home, settings).prepare(home, settings))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("/nowhere/chain.pem");
    }

    @Test
    void a_key_in_the_old_form_names_the_command_that_converts_it() throws Exception {
        var certificate = Certificate.of(home, settings);
        certificate.prepare(home, settings);
        Files.writeString(certificate.key(), "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n");
        var store = keyStore();
        assertThatThrownBy(() -> certificate.install(store, PASSWORD))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    private Path keyStore() throws Exception {
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, PASSWORD);
        var file = directory.resolve("keystore.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            empty.store(out, PASSWORD);
        }
        return file;
    }
}
