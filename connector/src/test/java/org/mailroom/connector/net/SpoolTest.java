package org.mailroom.connector.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {
    @Test
    void what_was_written_is_read_from_memory_or_file_as_often_as_wanted() throws IOException {
        for (int size : new int[] {0, 1, 99, 100, 101, 1000, 70_000}) {
            var octets = new byte[size];
            new Random(size).nextBytes(octets);
            try (var spool = new Spool(10, 100)) {
                for (int i = 0; i < size; i += 37) {
                    spool.write(octets, i, Math.min(37, size - i));
                }
                assertThat(spool.size()).isEqualTo(size);
                assertThat(spool.inMemory()).isEqualTo(size <= 100);
                for (int times = 0; times < 2; times++) {
                    try (var in = spool.open()) {
                        assertThat(in.readAllBytes()).isEqualTo(octets);
                    }
                }
            }
        }
    }

    @Test
    void its_file_has_no_name_even_while_it_is_open() throws IOException {
        try (var spool = new Spool(10, 100)) {
            spool.write(new byte[5000], 0, 5000);
            assertThat(spool.inMemory()).isFalse();
            assertThat(named()).isZero();
        }
    }

    @Test
    void several_lie_in_one_file_and_each_has_its_own_octets() throws IOException {
        var file = new SpoolFile();
        for (int round = 0; round < 2; round++) {
            try (var first = filled(file, 1, 3000);
                    var empty = new Spool(file);
                    var second = filled(file, 2, 70_000)) {
                assertThat(all(first)).hasSize(3000).containsOnly(1);
                assertThat(all(empty)).isEmpty();
                assertThat(all(second)).hasSize(70_000).containsOnly(2);
                first.close();
                first.close();
                assertThat(all(second)).hasSize(70_000);
            }
        }
    }

    private static Spool filled(SpoolFile file, int octet, int size) throws IOException {
        var octets = new byte[size];
        Arrays.fill(octets, (byte) octet);
        var spool = new Spool(file);
        spool.write(octets, 0, size);
        return spool;
    }

    private static byte[] all(Spool spool) throws IOException {
        try (var in = spool.open()) {
            return in.readAllBytes();
        }
    }

    static long named() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("mailroom-")
                            && f.getFileName().toString().endsWith(".spool"))
                    .count();
        }
    }
}
