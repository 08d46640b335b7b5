package org.mailroom.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A server on another machine, and the token with which it is asked; its certificate is checked, its name too. */
final class Remote {
    private static final List<String> NAMES = List.of("--server=", "--token-file=", "--trust=");

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:MAILROOM_SERVER}",
            description = "Ask this server, as https://mail.example.org:8181; else that of the home (MAILROOM_SERVER).")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:MAILROOM_TOKEN_FILE}",
            description = "Holds the token for --server (MAILROOM_TOKEN_FILE; MAILROOM_TOKEN holds the token itself).")
    private @Nullable String tokenFile;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            defaultValue = "${env:MAILROOM_TRUST}",
            description =
                    "Certificates (PEM) of which one must have signed that of --server; else the JDK's (MAILROOM_TRUST).")
    private @Nullable String trust;

    /**
     * The options of this class may stand behind a command, too; not behind {@code directory set}, which has options of the same
     * names for another server.
     */
    static String[] first(String[] words) {
        var all = List.of(words);
        int directory = all.indexOf("directory");
        if (directory >= 0 && all.subList(directory, all.size()).contains("set")) {
            return words;
        }
        var first = new ArrayList<String>();
        var rest = new ArrayList<String>();
        for (int i = 0; i < words.length; i++) {
            boolean whole = NAMES.stream().anyMatch((words[i] + "=")::startsWith) && !NAMES.contains(words[i] + "=");
            if (NAMES.contains(words[i] + "=") && i + 1 < words.length) {
                first.addAll(List.of(words[i], words[++i]));
            } else {
                (whole ? first : rest).add(words[i]);
            }
        }
        first.addAll(rest);
        return first.toArray(String[]::new);
    }

    boolean named() {
        return given(server);
    }

    private static boolean given(@Nullable String option) {
        return option != null && !option.isBlank();
    }

    Api api() {
        var address = address();
        return new Api(
                URI.create(address + "/mailroom/api/v1"),
                this::token,
                client(),
                "Mailroom does not answer at " + address + ".");
    }

    private String address() {
        var text = String.valueOf(server).strip().replaceAll("/+$", "");
        try {
            var url = URI.create(text);
            boolean tls = "https".equals(url.getScheme());
            if (url.getHost() != null && url.getRawPath().isEmpty() && (tls || "http".equals(url.getScheme()))) {
                if (!tls && !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
                    throw new Trouble("a token goes to another machine over TLS only: --server https://" + url.getHost()
                            + ":PORT (mail.console.tls-port, by default 8181)");
                }
                return text;
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below.
        } catch (UnknownHostException e) {
            throw new Trouble("there is no host as named in --server " + text, e);
        }
        throw new Trouble("--server " + text + " is no address such as https://mail.example.org:8181");
    }

    private String token() {
        var direct = System.getenv("MAILROOM_TOKEN");
        if (!given(tokenFile)) {
            if (given(direct)) {
                return String.valueOf(direct).strip();
            }
            throw new Trouble(
                    "--server needs a token: --token-file FILE, or MAILROOM_TOKEN. Make one with: ./mailroom token add");
        }
        try {
            return Files.readString(Path.of(String.valueOf(tokenFile))).strip();
        } catch (IOException e) {
            throw new Trouble("cannot read the token in " + tokenFile + ": " + e.getMessage(), e);
        }
    }

    private HttpClient client() {
        var builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        return given(trust)
                ? builder.sslContext(trusting(Path.of(String.valueOf(trust)))).build()
                : builder.build();
    }

    private static SSLContext trusting(Path file) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var in = new ByteArrayInputStream(Files.readAllBytes(file));
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new Trouble("there is no certificate in " + file);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new Trouble("cannot use the certificates in " + file + ": " + e.getMessage(), e);
        }
    }
}
