package org.mailroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestConfig;
import org.mailroom.contract.wire.WireSettings;

class WireConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void all_seven_listeners_are_open_at_high_ports_unless_told_otherwise() {
        assertThat(WireConfiguration.of(TestConfig.of(Map.of())).listeners())
                .extracting(
                        WireSettings.Listener::name, WireSettings.Listener::port, WireSettings.Listener::implicitTls)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"smtp\", 2525, false)",
                        "(\"submission\", 2587, false)",
                        "(\"submissions\", 2465, true)",
                        "(\"pop3\", 2110, false)",
                        "(\"pop3s\", 2995, true)",
                        "(\"imap\", 2143, false)",
                        "(\"imaps\", 2993, true)");
    }

    @Test
    void port_0_closes_a_listener() {
        var settings = WireConfiguration.of(TestConfig.of(Map.of("mail.pop3.port", "0", "mail.imap.port", "143")));
        assertThat(settings.listeners())
                .extracting(WireSettings.Listener::name)
                .doesNotContain("pop3")
                .contains("pop3s");
        assertThat(settings.listeners()).anyMatch(listener -> listener.port() == 143);
    }

    @Test
    void a_password_in_the_clear_passes_from_loopback_only_by_default() {
        assertThat(WireConfiguration.of(TestConfig.of(Map.of())).plaintextLogin())
                .isEqualTo(WireSettings.PlaintextLogin.LOOPBACK);
        assertThat(WireConfiguration.of(TestConfig.of(Map.of("mail.login.plaintext", "never")))
                        .plaintextLogin())
                .isEqualTo(WireSettings.PlaintextLogin.NEVER);
    }

    @Test
    void the_first_certificate_is_for_our_name_and_signs_itself() throws Exception {
        var tls = new WireSettings.Tls(folder.resolve("tls/certificate.pem"), folder.resolve("tls/key.pem"));
        FirstCertificate.make(tls, "mail.example.org");

        X509Certificate certificate;
        try (var stream = Files.newInputStream(tls.certificate())) {
            certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains("mail.example.org", "localhost", "127.0.0.1");

        var pem = Files.readString(tls.privateKey()).replaceAll("-----.*-----|\\s", "");
        var key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(new byte[] {1});
        var signature = signer.sign();
        signer.initVerify(certificate);
        signer.update(new byte[] {1});
        assertThat(signer.verify(signature)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls.privateKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void certificates_that_are_there_stay() throws Exception {
        var tls = new WireSettings.Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Files.writeString(tls.certificate(), "mine");
        assertThatThrownBy(() -> FirstCertificate.make(tls, "mail.example.org"))
                .hasMessageContaining("only one exists");
        Files.writeString(tls.privateKey(), "mine too");
        FirstCertificate.make(tls, "mail.example.org");
        assertThat(tls.certificate()).hasContent("mine");
    }
}
