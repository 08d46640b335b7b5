package org.mailroom.connector.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.connector.net.Telnet;
import org.mailroom.contract.Protocol;

/** The golden conversations under {@code conversations/smtp}: C: what a client says, S: what it must hear. */
class SmtpConversationTest {
    private static final Pattern ANYTHING = Pattern.compile("\\{[a-z]+}");

    private static TestSmtp smtp;

    @BeforeAll
    static void open() {
        smtp = new TestSmtp();
    }

    @AfterAll
    static void stop() {
        smtp.close();
    }

    static Stream<Path> conversations() throws Exception {
        var folder = SmtpConversationTest.class.getResource("/conversations/smtp");
        return Files.list(Path.of(folder.toURI())).sorted();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goes_as_written(Path conversation) throws IOException {
        var lines = Files.readAllLines(conversation);
        var protocol = lines.contains("# listener: submission") ? Protocol.SUBMISSION : Protocol.SMTP;
        try (var client = smtp.connect(protocol)) {
            lines.forEach(line -> play(client, line));
        }
    }

    private static void play(Telnet client, String line) {
        if (line.startsWith("C:")) {
            client.send((line.length() > 3 ? line.substring(3) : "") + "\r\n");
        } else if (line.startsWith("S: ")) {
            assertThat(client.line()).matches(pattern(line.substring(3)));
        }
    }

    /** Braces stand for anything, all else for itself. */
    private static String pattern(String expected) {
        return Stream.of(ANYTHING.split(expected, -1)).map(Pattern::quote).reduce((a, b) -> a + ".*" + b).orElse("");
    }
}
