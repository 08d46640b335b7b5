package org.mailroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that nobody else trusts, and certificates that it gives to servers; made by the JDK's own tool. */
public final class TestAuthority {
    private static final String PASSWORD = "for tests";

    private final Path folder;

    public TestAuthority() throws IOException {
        folder = Files.createTempDirectory("authority");
        keytool("-genkeypair", "ca", "authority.p12", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        keytool("-exportcert", "ca", "authority.p12", "-rfc", "-file", certificate());
    }

    /** Its own certificate, in PEM. */
    public Path certificate() {
        return folder.resolve("authority.pem");
    }

    /**
     * What a server shows.
     *
     * @param certificate in PEM
     * @param key in PEM (PKCS #8), which nobody but its owner may read
     */
    public record Card(Path certificate, Path key, SSLContext context) {}

    /** @param name as in a certificate's alternative names: {@code dns:localhost}, {@code ip:127.0.0.1} */
    public Card card(String name) throws IOException {
        var of = name.replaceAll("[^a-z0-9.]", "-");
        var store = of + ".p12";
        var request = folder.resolve(of + ".csr");
        var certificate = folder.resolve(of + ".pem");
        // GnuTLS, which Debian's servers use, reads no EC key in the form in which the JDK writes it.
        keytool("-genkeypair", "server", store, "-keyalg", "RSA", "-dname", "CN=server");
        keytool("-certreq", "server", store, "-file", request);
        keytool(
                "-gencert",
                "ca",
                "authority.p12",
                "-rfc",
                "-ext",
                "SAN=" + name,
                "-infile",
                request,
                "-outfile",
                certificate);
        keytool("-importcert", "ca", store, "-noprompt", "-file", certificate());
        keytool("-importcert", "server", store, "-noprompt", "-file", certificate);
        try {
            var keys = KeyStore.getInstance(folder.resolve(store).toFile(), PASSWORD.toCharArray());
            var key = Files.writeString(
                    folder.resolve(of + "-key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(keys.getKey("server", PASSWORD.toCharArray())
                                            .getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return new Card(certificate, key, context(keys));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String deed, String alias, String store, Object... more) throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(tool, deed, "-alias", alias, "-storepass", PASSWORD));
        command.addAll(List.of(
                "-storetype", "PKCS12", "-keystore", folder.resolve(store).toString()));
        for (var word : more) {
            command.add(word.toString());
        }
        if (deed.startsWith("-gen")) {
            command.addAll(List.of("-validity", "2"));
        }
        var output = folder.resolve("output");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + "\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
