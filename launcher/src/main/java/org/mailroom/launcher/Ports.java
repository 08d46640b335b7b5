package org.mailroom.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntPredicate;

/** Whether a port can be had; asked before the start, because a server that fails on one says so late and in many lines. */
final class Ports {
    private Ports() {}

    static boolean free(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops the start with a cure unless the port is free. */
    static void require(String address, int port, String key) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new Trouble(explain(address, port, key, e), e);
        }
    }

    private static String explain(String address, int port, String key, IOException problem) {
        var reason = String.valueOf(problem.getMessage());
        var other = "--set " + key + "="
                + (port < 1024 ? port + 2500 : port + 10_000 > 65_535 ? port - 1000 : port + 10_000);
        if (reason.contains("ermission")) {
            return "port " + port + " (" + key
                    + ") is below 1024, and this user may not open it. Choose a higher one with " + other
                    + ", or see docs/operate.md on how to get the standard ports.";
        }
        if (reason.contains("assign")) {
            return "mail.listen=" + address + " is no address of this machine. Set it with --set mail.listen=0.0.0.0.";
        }
        var holder = PortHolder.of(port);
        return "port " + port + " (" + key + ") is in use" + (holder.isEmpty() ? "" : " by " + holder)
                + ". Stop that, or choose another port with " + other + ".";
    }

    /** The first of a row of numbers that serves. */
    static int choose(int first, int step, int last, IntPredicate serves) {
        for (int candidate = first; candidate <= last; candidate += step) {
            if (serves.test(candidate)) {
                return candidate;
            }
        }
        throw new Trouble(
                "found no free loopback ports between " + first + " and " + last
                        + ". Stop what you do not need, or choose some with --set mail.server.port-base=… and mail.database.port=….");
    }
}
