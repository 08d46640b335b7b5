package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_they_must_be() {
        var rows = List.of(
                object("{\"name\":\"a\",\"accounts\":12}"), object("{\"name\":\"example.test\",\"accounts\":null}"));
        assertThat(print(rows, List.of("name", "accounts")))
                .isEqualTo("name          accounts\na             12\nexample.test\n");
    }

    @Test
    void lists_of_recipients_are_their_addresses() {
        var row = object("{\"to\":[{\"address\":\"a@x\",\"state\":\"waiting\"},{\"address\":\"b@x\"}]}");
        assertThat(Table.text(row.get("to"))).isEqualTo("a@x, b@x");
    }

    @Test
    void a_subject_cannot_steer_the_terminal() {
        assertThat(Table.text(Json.createValue("\u001b[2Jhello\r\n"))).isEqualTo("?[2Jhello??");
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String print(List<JsonObject> rows, List<String> columns) {
        var out = new ByteArrayOutputStream();
        Table.print(rows, columns, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
