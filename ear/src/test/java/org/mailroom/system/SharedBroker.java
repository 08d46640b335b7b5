package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.FreePort;

/** An OpenMQ broker by itself, as it comes with Payara, with one user. */
final class SharedBroker implements AutoCloseable {
    private static final String USER = "mailroom";
    private static final String PASSWORD = "secret-of-broker";
    private static final Path TOOLS =
            Path.of(System.getProperty("mailroom.payara")).resolve("mq/bin");

    private final Path home = Files.createTempDirectory("broker");
    private final int port = FreePort.next();
    private final Process process;

    SharedBroker() throws Exception {
        process = tool("imqbrokerd", "-name", "shared", "-port", "" + port);
        eventually("the broker listens", Duration.ofSeconds(60), this::isUp);
        assertThat(tool("imqusermgr", "add", "-i", "shared", "-u", USER, "-p", PASSWORD, "-g", "user")
                        .waitFor())
                .isZero();
    }

    private Process tool(String name, String... words) throws IOException {
        var command = new ArrayList<>(List.of(TOOLS.resolve(name).toString()));
        if (name.equals("imqusermgr")) {
            command.add(words[0]);
        }
        command.addAll(List.of("-javahome", System.getProperty("java.home"), "-varhome", home.toString()));
        command.addAll(List.of(words).subList(name.equals("imqusermgr") ? 1 : 0, words.length));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".out").toFile())
                .start();
    }

    private boolean isUp() {
        try (var probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How a server is told of it. */
    List<String> settings() {
        return List.of(
                "mail.broker.url=mq://127.0.0.1:" + port,
                "mail.broker.user=" + USER,
                "mail.broker.password=" + PASSWORD);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
