package org.mailroom.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The TLS certificate and key as two PEM files, the form in which authorities and ACME programs hand them out. The mail
 * listeners read them directly; the console's listener gets a copy in the server's key store.
 */
record Certificate(Path chain, Path key) {
    private static final String ALIAS = "mailroom";
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    static Certificate of(Home home, Settings settings) {
        return new Certificate(
                Path.of(settings.text(
                        "mail.tls.certificate",
                        home.tls().resolve("certificate.pem").toString())),
                Path.of(settings.text(
                        "mail.tls.private-key",
                        home.tls().resolve("private-key.pem").toString())));
    }

    /** The first certificate, signed by itself, unless the operator has put one in place. */
    void prepare(Home home, Settings settings) {
        if (Files.exists(chain) && Files.exists(key)) {
            return;
        }
        if (settings.decided("mail.tls.certificate") || settings.decided("mail.tls.private-key")) {
            throw new Trouble("mail.tls.certificate=" + chain + " or mail.tls.private-key=" + key
                    + " does not exist. Name both files with --set, or remove both settings (--set mail.tls.certificate= --set"
                    + " mail.tls.private-key=) to have a first certificate made.");
        }
        try {
            make(home, settings.text("mail.hostname", "localhost"));
        } catch (IOException | GeneralSecurityException e) {
            throw new Trouble("cannot make the first certificate: " + e.getMessage(), e);
        }
    }

    private void make(Home home, String hostname) throws IOException, GeneralSecurityException {
        var store = home.secrets().resolve("first-certificate.p12");
        Files.deleteIfExists(store);
        var password = Secrets.generate();
        var names = new TreeSet<>(List.of("dns:" + hostname, "dns:localhost", "ip:127.0.0.1", "ip:::1"));
        new Tool(List.of(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-validity",
                        "1825",
                        "-dname",
                        "CN=" + hostname,
                        "-ext",
                        "san=" + String.join(",", names),
                        "-ext",
                        "eku=serverAuth",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD"))
                .with("STORE_PASSWORD", password)
                .demand("keytool could not make the first certificate:");
        var made = KeyStore.getInstance(store.toFile(), password.toCharArray());
        Files.delete(store);
        Secrets.write(chain, pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()));
        Secrets.write(
                key,
                pem("PRIVATE KEY", made.getKey(ALIAS, password.toCharArray()).getEncoded()));
    }

    private static String pem(String kind, byte[] octets) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    /** Puts both into the server's key store, from which the console's listener takes them when the server starts. */
    void install(Path keyStore, char[] password) {
        try {
            var store = KeyStore.getInstance(keyStore.toFile(), password);
            store.setKeyEntry(ALIAS, readKey(), password, readChain());
            var fresh = keyStore.resolveSibling("keystore.new");
            try (var out = Files.newOutputStream(fresh)) {
                store.store(out, password);
            }
            Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, keyStore, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | GeneralSecurityException e) {
            throw new Trouble(
                    "cannot use the certificate " + chain + " with the key " + key + ": " + e.getMessage()
                            + ". Both must be PEM and belong together.",
                    e);
        }
    }

    private java.security.cert.Certificate[] readChain() throws IOException, GeneralSecurityException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(chain))) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("there is no certificate in " + chain);
            }
            return certificates.toArray(java.security.cert.Certificate[]::new);
        }
    }

    private Key readKey() throws IOException, GeneralSecurityException {
        var found = PKCS8.matcher(Files.readString(key));
        if (!found.find()) {
            throw new IOException(key
                    + " is not an unencrypted PKCS #8 key (\"BEGIN PRIVATE KEY\"); convert it with: openssl pkcs8 -topk8"
                    + " -nocrypt -in old.pem -out " + key);
        }
        return privateKey(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
    }

    private static PrivateKey privateKey(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        for (var algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException otherKind) {
                // The next one.
            }
        }
        throw new GeneralSecurityException("the key is neither EC nor RSA nor EdDSA");
    }
}
