package org.mailroom.launcher;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The message broker, inside the server or, for several servers on one database, one that the operator runs.
 *
 * @param user who connects to it
 */
record Broker(String host, int port, String user, String password, boolean isInside) {
    private static final String USER = "mailroom";
    private static final int PORT = 7676;

    static Broker of(Settings settings, LoopbackPorts ports, String insidePassword) {
        var url = settings.text("mail.broker.url", "");
        if (url.isEmpty()) {
            return new Broker("127.0.0.1", ports.broker(), USER, insidePassword, true);
        }
        var place = place(url);
        return new Broker(
                place.getHost(),
                place.getPort() < 0 ? PORT : place.getPort(),
                settings.text("mail.broker.user", USER),
                settings.text("mail.broker.password", ""),
                false);
    }

    private static URI place(String url) {
        try {
            var place = new URI(url);
            if ("mq".equals(place.getScheme()) && place.getHost() != null) {
                return place;
            }
        } catch (URISyntaxException e) {
            // told below, as any other that does not fit
        }
        throw new Trouble("mail.broker.url=" + url + " is no URL such as mq://host:7676");
    }

    /**
     * The files of the broker inside the server, written before it makes its own: as shipped, it knows admin with the password
     * "admin" and guest with "guest".
     */
    void prepare(Path domain, String adminPassword) {
        var instance = domain.resolve("imq/instances/imqbroker");
        Secrets.write(
                instance.resolve("etc/passwd"), entry("admin", adminPassword, "admin") + entry(user, password, "user"));
        Secrets.write(instance.resolve("etc/accesscontrol.properties"), """
                version=JMQFileAccessControlModel/100
                connection.NORMAL.allow.user=admin,mailroom
                connection.ADMIN.allow.user=admin
                queue.*.produce.allow.user=admin,mailroom
                queue.*.consume.allow.user=admin,mailroom
                queue.*.browse.allow.user=admin,mailroom
                topic.*.produce.allow.user=admin,mailroom
                topic.*.consume.allow.user=admin,mailroom
                queue.create.allow.user=admin,mailroom
                topic.create.allow.user=admin,mailroom
                """);
        var properties = instance.resolve("props/config.properties");
        var own = PropertiesFile.read(properties);
        own.set("imq.hostname", "127.0.0.1");
        if (Files.notExists(properties)
                || !"127.0.0.1".equals(PropertiesFile.read(properties).get("imq.hostname"))) {
            own.save();
        }
    }

    /** The broker's form: user, digest as a signed hexadecimal number, group, active. */
    static String entry(String user, String password, String group) {
        var digest = new BigInteger(Secrets.digest("MD5", (user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return user + ":" + digest.toString(16) + ":" + group + ":1\n";
    }
}
