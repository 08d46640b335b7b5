package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. So root starts it in a user namespace without a mapping, where it is nobody and
 * owns its files all the same; where the kernel forbids that, as the user nobody.
 */
final class Unprivileged {
    private enum Way {
        AS_WE_ARE,
        NAMESPACE,
        NOBODY
    }

    private final Way way;

    private Unprivileged(Way way) {
        this.way = way;
    }

    static Unprivileged here() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(Way.AS_WE_ARE);
        }
        if (Tool.present("unshare")
                && new Tool(List.of("unshare", "-U", "true")).run().ok()) {
            return new Unprivileged(Way.NAMESPACE);
        }
        if (Tool.present("setpriv") && Tool.present("chown")) {
            return new Unprivileged(Way.NOBODY);
        }
        throw new Trouble(
                "PostgreSQL does not run as root, and neither unshare -U nor setpriv works here. Run as an ordinary user,"
                        + " install util-linux, or use a database of your own: --database jdbc:postgresql://…");
    }

    Tool tool(List<String> words) {
        var all = new ArrayList<String>();
        switch (way) {
            case AS_WE_ARE -> {}
            case NAMESPACE -> all.addAll(List.of("unshare", "-U"));
            case NOBODY -> all.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        all.addAll(words);
        return new Tool(all);
    }

    /** Makes the directory one that the database may use. */
    void own(Path directory) {
        if (way != Way.NOBODY) {
            return;
        }
        new Tool(List.of("chown", "-R", "65534:65534", directory.toString())).demand("cannot hand over " + directory);
        for (var above = directory.getParent(); above != null; above = above.getParent()) {
            if (!tool(List.of("test", "-x", above.toString())).run().ok()) {
                throw new Trouble("the database runs as the user nobody, who may not enter " + above + " ("
                        + mode(above) + "). Allow it (chmod o+x " + above
                        + "), choose another --home, or run as an ordinary user.");
            }
        }
    }

    private static String mode(Path directory) {
        try {
            return Files.getPosixFilePermissions(directory).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
