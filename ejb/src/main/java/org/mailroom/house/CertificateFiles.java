package org.mailroom.house;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/** The files from which the listeners of this node take certificate and key. */
@ApplicationScoped
public class CertificateFiles {
    @Inject
    private OpenWire wire;

    /** Whether an operator named files of his own: then they are his, or a program's of his, to replace. */
    public boolean chosen() {
        var settings = Settings.of(Settings.current());
        return settings.text("mail.tls.certificate").isPresent()
                || settings.text("mail.tls.private-key").isPresent();
    }

    /** The name under which clients know the server. */
    public String hostname() {
        return HostName.of(Settings.current());
    }

    /**
     * Puts others in their place and has the listeners show them at once; who is connected stays so.
     *
     * @param chain in PEM, the server's own first
     * @param key in PEM (PKCS #8), not encrypted
     */
    public synchronized void replace(String chain, String key) throws IOException {
        var files = WireConfiguration.tls(Settings.of(Settings.current()));
        var freshKey = beside(files.privateKey(), key, "rw-------");
        var freshChain = beside(files.certificate(), chain, "rw-r--r--");
        move(freshKey, files.privateKey());
        move(freshChain, files.certificate());
        wire.readCertificate();
    }

    /** Whether the listeners show this chain, of which the files are. */
    public boolean hold(String chain) {
        try {
            return Files.readString(WireConfiguration.tls(Settings.of(Settings.current()))
                            .certificate())
                    .equals(chain);
        } catch (IOException missing) {
            return false;
        }
    }

    private static Path beside(Path file, String pem, String permissions) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FirstCertificate.write(fresh, pem, permissions);
        return fresh;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
