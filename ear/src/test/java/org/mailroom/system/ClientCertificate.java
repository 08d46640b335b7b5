package org.mailroom.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate of its own authority, and its key, as PEM files; made by the JDK's own tool. */
record ClientCertificate(Path certificate, Path key) {
    private static final char[] PASSWORD = "for tests".toCharArray();

    /** @param address that the certificate names */
    static ClientCertificate of(String address, Path folder) {
        try {
            Files.createDirectories(folder);
            var store = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
            var tool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var process = new ProcessBuilder((tool
                            + " -genkeypair -alias card -keyalg EC -dname CN=card -validity 2 -storetype PKCS12 -ext SAN=EMAIL:"
                            + address)
                    .split(" "));
            process.command().add("-keystore");
            process.command().add(store.toString());
            process.command().add("-storepass");
            process.command().add(new String(PASSWORD));
            if (process.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            var made = new ClientCertificate(folder.resolve("card.pem"), folder.resolve("card-key.pem"));
            Files.writeString(
                    made.certificate,
                    pem("CERTIFICATE", keys.getCertificate("card").getEncoded()));
            Files.writeString(
                    made.key, pem("PRIVATE KEY", keys.getKey("card", PASSWORD).getEncoded()));
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] octets) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END " + kind + "-----\n";
    }
}
