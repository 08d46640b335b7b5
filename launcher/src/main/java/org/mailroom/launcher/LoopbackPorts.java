package org.mailroom.launcher;

import java.util.List;
import java.util.stream.IntStream;

/** The ports that the server needs for itself, all on loopback: fixed distances from one base, so that one key moves them. */
record LoopbackPorts(int base) {
    static final int DEFAULT_BASE = 24_800;
    private static final int STEP = 100;
    private static final int LAST = 31_800;

    int admin() {
        return base + 48;
    }

    int broker() {
        return base + 76;
    }

    int orb() {
        return base + 37;
    }

    int orbTls() {
        return base + 38;
    }

    int orbMutual() {
        return base + 39;
    }

    int jmx() {
        return base + 86;
    }

    int shell() {
        return base + 66;
    }

    int dataGrid() {
        return base + 90;
    }

    /** Those that are opened. The broker takes one more, a hundred above its own, for its registry. */
    List<Integer> opened() {
        return List.of(admin(), broker(), orb(), broker() + 100);
    }

    boolean free() {
        return opened().stream().allMatch(port -> Ports.free("127.0.0.1", port));
    }

    /** What the operator decided; else what served last time, if it still does; else the next that are free. */
    static LoopbackPorts choose(Settings settings, int last) {
        if (settings.decided("mail.server.port-base")) {
            var decided = new LoopbackPorts(settings.number("mail.server.port-base", DEFAULT_BASE));
            decided.opened().forEach(port -> Ports.require("127.0.0.1", port, "mail.server.port-base"));
            return decided;
        }
        return new LoopbackPorts(IntStream.of(last)
                .filter(base -> base > 0 && new LoopbackPorts(base).free())
                .findFirst()
                .orElseGet(() -> Ports.choose(DEFAULT_BASE, 2 * STEP, LAST, base -> new LoopbackPorts(base).free())));
    }
}
