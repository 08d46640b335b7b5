package org.mailroom.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what others gave us and we must be able to say again, such as the password with which we log in at another host:
 * sealed by AES-256-GCM with a key that lies in a file and not in the database, so that a copy of the database tells nothing.
 */
@ApplicationScoped
public class Secrets {
    /** What was kept before sealing began has no such mark, and is taken as it is. */
    private static final String MARK = "{AES-GCM}";

    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private @Nullable Path file;
    private volatile @Nullable SecretKeySpec key;

    public Secrets() {}

    /** With a key in this file, which is made where it is missing. */
    public Secrets(Path file) {
        this.file = file;
    }

    /**
     * Seals a text for one place.
     *
     * @param place what it belongs to, such as {@code route smtp.example.org}: moved elsewhere it does not open
     */
    public String seal(String place, String text) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return MARK + Base64.getEncoder().encodeToString(nonce) + "."
                    + Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** What was sealed for the place. */
    public String open(String place, String sealed) {
        if (!isSealed(sealed)) {
            return sealed;
        }
        var parts = sealed.substring(MARK.length()).split("\\.", 2);
        try {
            var decoder = Base64.getDecoder();
            var text =
                    cipher(Cipher.DECRYPT_MODE, place, decoder.decode(parts[0])).doFinal(decoder.decode(parts[1]));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "the secret of " + place + " cannot be read with the key in " + file() + "; set it anew", e);
        }
    }

    public static boolean isSealed(String text) {
        return text.startsWith(MARK);
    }

    private Cipher cipher(int mode, String place, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKeySpec key() {
        var known = key;
        if (known == null) {
            known = new SecretKeySpec(load(file()), "AES");
            key = known;
        }
        return known;
    }

    private Path file() {
        var named = file;
        return named == null ? SecretsSettings.of(Settings.current()).keyFile().orElseGet(Secrets::beside) : named;
    }

    /** Beside the configuration file, otherwise with the server's own keys. */
    private static Path beside() {
        var configuration = MailroomFile.path();
        return configuration != null
                ? configuration.resolveSibling("mailroom.key")
                : Path.of(System.getProperty("com.sun.aas.instanceRoot", System.getProperty("user.dir")))
                        .resolve("config")
                        .resolve("mailroom.key");
    }

    private static byte[] load(Path file) {
        try {
            return read(file);
        } catch (NoSuchFileException missing) {
            return make(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] make(Path file) {
        var fresh = new byte[KEY];
        RANDOM.nextBytes(fresh);
        try {
            // Whole or not at all: who reads it meanwhile must not meet half a key.
            var draft = Files.createTempFile(file.toAbsolutePath().getParent(), "mailroom", ".key", ownerOnly(file));
            Files.writeString(draft, Base64.getEncoder().encodeToString(fresh), StandardOpenOption.SYNC);
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException another) {
                return read(file);
            } finally {
                Files.delete(draft);
            }
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static byte[] read(Path file) throws IOException {
        var octets = Base64.getDecoder().decode(Files.readString(file).strip());
        if (octets.length != KEY) {
            throw new IllegalStateException(file + " holds no key of " + KEY + " octets in base64");
        }
        return octets;
    }
}
