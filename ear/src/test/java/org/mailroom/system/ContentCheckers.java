package org.mailroom.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real rspamd and clamd, from Debian's packages, on ports of the test's own and without downloads: rspamd knows no rules but
 * its test patterns, clamd no virus but EICAR.
 */
final class ContentCheckers implements AutoCloseable {
    /** What every scanner calls a virus (eicar.org), in pieces, so that none takes this file for one. */
    static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*";

    /** What rspamd rejects. */
    static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    /** What it marks. */
    static final String GTUBE_MARKED = "Y" + GTUBE.substring(1);

    private static final Duration STARTS = Duration.ofSeconds(90);

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    ContentCheckers(Path folder) {
        this.folder = folder;
    }

    void start(int rspamdPort, int clamdPort) throws Exception {
        var rspamd = DebianPackage.program("/usr/bin/rspamd", "rspamd");
        var clamd = DebianPackage.program("/usr/sbin/clamd", "clamav-daemon");
        run(
                "rspamd",
                rspamd.toString(),
                "-f",
                "-i",
                "-c",
                rspamdConfiguration(rspamdPort).toString());
        run("clamd", clamd.toString(), "-c", clamdConfiguration(clamdPort).toString());
        listens(rspamdPort);
        listens(clamdPort);
    }

    private Path rspamdConfiguration(int port) throws IOException {
        // The real list of public suffixes is compiled for a minute.
        var suffixes = Files.writeString(folder.resolve("suffixes"), "// for tests\ntest\n");
        return Files.writeString(folder.resolve("rspamd.conf"), """
                options {
                  filters = ""; enable_test_patterns = true; gtube_patterns = "all"; url_tld = "%2$s";
                  dns { nameserver = ["127.0.0.1:1"]; }
                  pidfile = "%1$s/rspamd.pid"; dbdir = "%1$s"; rundir = "%1$s"; tempdir = "%1$s";
                }
                logging { type = "console"; }
                worker "normal" { bind_socket = "127.0.0.1:%3$d"; count = 1; }
                metric { name = "default"; actions { reject = 15; add_header = 6; } }
                """.formatted(folder, suffixes, port));
    }

    private Path clamdConfiguration(int port) throws IOException {
        var signatures = Files.createDirectory(folder.resolve("signatures"));
        var hex = HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(signatures.resolve("test.ndb"), "Eicar-Test:0:*:" + hex + "\n");
        return Files.writeString(folder.resolve("clamd.conf"), """
                DatabaseDirectory %s
                TCPSocket %d
                TCPAddr 127.0.0.1
                Foreground yes
                """.formatted(signatures, port));
    }

    private Process run(String name, String... command) throws IOException {
        var log = folder.resolve(name + ".out").toFile();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(log);
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private void listens(int port) throws Exception {
        Eventually.eventually("port " + port + " answers; " + folder, STARTS, () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
