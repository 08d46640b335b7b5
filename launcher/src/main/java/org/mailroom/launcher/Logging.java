package org.mailroom.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the server writes its log: one line a fact, and nothing about what goes without saying. */
final class Logging {
    private static final String HANDLER = "com.sun.enterprise.server.logging.GFFileHandler.";

    private static final Map<String, String> FORM = Map.of(
            HANDLER + "multiLineMode",
            "false",
            HANDLER + "excludeFields",
            "tid,timeMillis,levelValue,version",
            HANDLER + "rotationLimitInBytes",
            "20000000",
            HANDLER + "maxHistoryFiles",
            "20",
            // Nobody reads it, and each line would be flushed.
            "java.util.logging.ConsoleHandler.level",
            "OFF");

    /** They tell at each start what was started, in hundreds of lines. */
    private static final List<String> TALKATIVE = List.of(
            "fish.payara.microprofile",
            "fish.payara.nucleus",
            "imq.log.Logger",
            "jakarta.enterprise.ejb.container",
            "javax.enterprise.resource.resourceadapter.com.sun.enterprise.connectors.inbound",
            "javax.enterprise.system.util",
            "javax.resourceadapter.mqjmsra",
            "org.eclipse.krazo",
            "org.flywaydb",
            "org.glassfish.ha.store",
            "org.glassfish.soteria",
            "org.glassfish.tyrus",
            "org.jvnet.hk2.osgiadapter");

    private Logging() {}

    /** Levels that the operator has set meanwhile (asadmin set-log-levels) stay. */
    static void configure(Path domain) {
        var file = PropertiesFile.read(domain.resolve("config/logging.properties"));
        FORM.forEach(file::set);
        for (var logger : TALKATIVE) {
            var level = file.get(logger + ".level");
            if (level == null || level.equals("INFO")) {
                file.set(logger + ".level", "WARNING");
            }
        }
        file.save();
    }
}
