package org.mailroom.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.tukaani.xz.XZInputStream;

/** Unpacking with the executable bits and links that the JDK's own classes lose. */
final class Archive {
    private Archive() {}

    static void unzip(Path archive, Path into) throws IOException {
        try (var zip = ZipFile.builder().setPath(archive).get()) {
            for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var target = inside(into, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    try (var stream = zip.getInputStream(entry)) {
                        write(stream, target, (entry.getUnixMode() & 0100) != 0);
                    }
                }
            }
        }
    }

    /** The jar has one member, a tar packed with xz. */
    static void untarXz(Path jar, Path into) throws IOException {
        try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            var member = zip.getNextEntry();
            while (member != null && !member.getName().endsWith(".txz")) {
                member = zip.getNextEntry();
            }
            if (member == null) {
                throw new IOException(jar + " has no .txz in it");
            }
            untar(new TarArchiveInputStream(new XZInputStream(zip)), into);
        }
    }

    private static void untar(TarArchiveInputStream tar, Path into) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var target = inside(into, entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(target.getParent());
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                write(tar, target, (entry.getMode() & 0100) != 0);
            }
        }
    }

    private static void write(InputStream stream, Path target, boolean executable) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(stream, target, StandardCopyOption.REPLACE_EXISTING);
        if (executable) {
            var permissions = Files.getPosixFilePermissions(target);
            permissions.addAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    private static Path inside(Path directory, String name) throws IOException {
        var target = directory.resolve(name).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("the archive names a file outside of itself: " + name);
        }
        return target;
    }

    static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
