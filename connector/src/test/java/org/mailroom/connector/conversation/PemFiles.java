package org.mailroom.connector.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.mailroom.contract.wire.WireSettings;

/** A self-signed certificate and its key as files, made by the JDK's own tool. */
public final class PemFiles {
    private static final char[] PASSWORD = "for tests".toCharArray();

    private PemFiles() {}

    public static WireSettings.Tls in(Path folder) {
        var store = folder.resolve("keys.p12");
        var tls = new WireSettings.Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        try {
            make(store);
            var keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            write(tls.certificate(), "CERTIFICATE", keys.getCertificate("test").getEncoded());
            write(tls.privateKey(), "PRIVATE KEY", keys.getKey("test", PASSWORD).getEncoded());
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void make(Path store) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        tool, "-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-keystore",
                        store.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-validity", "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
    }

    private static void write(Path file, String what, byte[] der) throws IOException {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
