package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path directory;

    @Test
    void comments_and_order_stay_when_a_key_is_set() throws Exception {
        var file = written("# mine\nmail.a=1\n\n# about b\nmail.b = 2\n");
        file.set("mail.a", "3");
        file.set("mail.c", "4");
        file.save();
        assertThat(text()).isEqualTo("# mine\n\n# about b\nmail.b = 2\nmail.a=3\nmail.c=4\n");
    }

    @Test
    void what_is_set_comes_back_whatever_it_is() throws Exception {
        for (var value :
                new String[] {"a=b:c", " leading", "back\\slash", "C:\\new", "schön", "#x", "two\nlines", "${ALIAS=x}"
                }) {
            var file = written("");
            file.set("mail.x", value);
            file.save();
            assertThat(PropertiesFile.read(path()).get("mail.x")).isEqualTo(value.strip());
        }
    }

    @Test
    void a_value_over_several_lines_is_replaced_whole() throws Exception {
        var file = written("mail.list=a,\\\n  b,\\\n  c\nmail.z=1\n");
        assertThat(file.get("mail.list")).isEqualTo("a,b,c");
        file.set("mail.list", "d");
        file.save();
        assertThat(text()).isEqualTo("mail.z=1\nmail.list=d\n");
    }

    @Test
    void only_its_owner_reads_it() throws Exception {
        var file = written("");
        file.set("mail.database.password", "x");
        file.save();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void files_mean_the_same_whatever_their_comments_and_order() throws Exception {
        var one = written("# x\nmail.a=1\nmail.b=2\n").meaning();
        assertThat(written("mail.b: 2\nmail.a 1\n").meaning()).isEqualTo(one);
        assertThat(written("mail.a=1\nmail.b=3\n").meaning()).isNotEqualTo(one);
    }

    private Path path() {
        return directory.resolve("mailroom.properties");
    }

    private PropertiesFile written(String text) throws Exception {
        Files.writeString(path(), text);
        return PropertiesFile.read(path());
    }

    private String text() throws Exception {
        return Files.readString(path());
    }
}
