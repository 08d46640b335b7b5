package org.mailroom.connector.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.WireSettings;

/**
 * The certificate that the listeners show, read from PEM files and read again when these change; a new one that cannot be
 * read leaves the old one in place.
 */
final class Certificates {
    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

    private final WireSettings.Tls files;
    private volatile @Nullable SslContext context;
    private @Nullable Stamp stamp;

    Certificates(WireSettings.Tls files) {
        this.files = files;
        refresh();
    }

    /** Null where there is none: no STARTTLS is offered then. */
    @Nullable
    SslContext current() {
        return context;
    }

    /** Looks whether the files changed; the clock does, and the house after it has changed them. */
    synchronized void refresh() {
        var now = stamp();
        if (now.equals(stamp)) {
            return;
        }
        stamp = now;
        if (!Files.exists(files.certificate())) {
            LOG.log(Level.WARNING, "certificate={0} status=missing and so there is no TLS", files.certificate());
            return;
        }
        try {
            // RFC 8996: nothing below TLS 1.2.
            var builder = SslContextBuilder.forServer(
                            files.certificate().toFile(), files.privateKey().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2");
            var authorities = files.clientAuthorities();
            if (authorities != null) {
                // Asked for, never demanded: passwords do as well.
                builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.OPTIONAL);
            }
            context = builder.build();
            LOG.log(Level.INFO, "certificate={0} status=read", files.certificate());
        } catch (IOException | IllegalArgumentException problem) {
            LOG.log(
                    Level.ERROR,
                    "certificate={0} status=unreadable problem={1} cure=PEM, certificate chain and unencrypted PKCS #8 key",
                    files.certificate(),
                    problem.toString());
        }
    }

    private Stamp stamp() {
        return new Stamp(time(files.certificate()), time(files.privateKey()));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException missing) {
            return FileTime.fromMillis(0);
        }
    }

    private record Stamp(FileTime certificate, FileTime key) {}
}
