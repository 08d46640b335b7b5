package org.mailroom.web.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mailroom.web.logbook.LogText.Named;
import org.mailroom.web.logbook.LogText.Part;

class LogTextTest {
    private static List<String> named(String line) {
        var parts = LogText.parts(line);
        assertThat(parts.stream().map(Part::text).collect(Collectors.joining())).isEqualTo(line);
        return parts.stream()
                .filter(part -> part.named() != Named.NOTHING)
                .map(part -> part.named() + " " + part.text())
                .toList();
    }

    @Test
    void messages_sessions_and_addresses_are_named() {
        assertThat(named("q=0T2AQG44RY4G from=<a@there.test> to=<b@here.test>,<c@here.test>,+3"
                        + " client=[192.0.2.1]:25 session=1s7f00aa size=7 status=delivered"))
                .containsExactly(
                        "MESSAGE 0T2AQG44RY4G",
                        "ADDRESS a@there.test",
                        "ADDRESS b@here.test",
                        "ADDRESS c@here.test",
                        "SESSION 1s7f00aa");
        assertThat(named("login name=<ann@here.test> client=192.0.2.1 by=imap tls=true session=vvvvvvvv status=denied"))
                .containsExactly("ADDRESS ann@here.test", "SESSION vvvvvvvv");
    }

    @Test
    void what_only_looks_like_it_is_text() {
        assertThat(
                        named(
                                "freq=0T2AQG44RY4G q=0T2AQG44RY4GX q=short session=1S7F00AA session=1s7f00aaa from=<> <script>"))
                .isEmpty();
        assertThat(named("")).isEmpty();
    }
}
