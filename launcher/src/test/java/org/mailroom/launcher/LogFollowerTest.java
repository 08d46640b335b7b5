package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    @TempDir
    Path directory;

    @Test
    void only_what_is_new_is_shown_without_empty_lines_and_over_a_rotation() throws Exception {
        var log = directory.resolve("server.log");
        Files.writeString(log, "long ago, and longer than what follows a rotation\n");
        var out = new ByteArrayOutputStream();
        var follower = new LogFollower(log, new PrintStream(out, true));
        Files.writeString(log, "one\n\ntwo\n\n", StandardOpenOption.APPEND);
        follower.copyNews();
        follower.copyNews();
        Files.move(log, directory.resolve("server.log_1"));
        follower.copyNews();
        Files.writeString(log, "three\n");
        follower.copyNews();
        assertThat(out.toString()).isEqualTo("one\ntwo\nthree\n");
    }
}
