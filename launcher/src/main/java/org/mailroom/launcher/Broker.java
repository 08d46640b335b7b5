package org.mailroom.launcher;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the message broker inside the server, written before it makes its own: as shipped, it knows admin with the
 * password "admin" and guest with "guest".
 */
final class Broker {
    static final String USER = "mailroom";

    private final Path instance;

    Broker(Path domain) {
        this.instance = domain.resolve("imq/instances/imqbroker");
    }

    void prepare(String adminPassword, String userPassword) {
        Secrets.write(
                instance.resolve("etc/passwd"),
                entry("admin", adminPassword, "admin") + entry(USER, userPassword, "user"));
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
