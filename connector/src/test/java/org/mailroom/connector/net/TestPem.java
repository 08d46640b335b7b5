package org.mailroom.connector.net;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.mailroom.contract.wire.WireSettings;

/** A self-signed certificate and its key as PEM files, made by the JDK's own tool. */
public final class TestPem {
    private static final char[] PASSWORD = "for tests".toCharArray();

    private TestPem() {}

    /** Writes {@code certificate.pem} and {@code key.pem} into the directory. */
    public static WireSettings.Tls write(Path directory, String host) throws Exception {
        var store = Files.createTempDirectory(directory, "keys").resolve("keys.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=DNS:" + host + ",EMAIL:alice@here.example",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD);
        var files = new WireSettings.Tls(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        Files.writeString(
                files.certificate(),
                pem("CERTIFICATE", keys.getCertificate("test").getEncoded()));
        Files.writeString(
                files.privateKey(),
                pem("PRIVATE KEY", keys.getKey("test", PASSWORD).getEncoded()));
        return files;
    }

    private static String pem(String kind, byte[] octets) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END " + kind + "-----\n";
    }

    /** A client that asks nobody who he is. */
    public static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (java.security.GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
