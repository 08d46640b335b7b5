package org.mailroom.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Payara domain under the home: made once, configured before each start, started so that it outlives the command. */
final class Server {
    /**
     * A virtual thread that waits for a class keeps its carrier. As many carriers as cores are soon gone on a small machine that has
     * just started, and who holds the lock of the class loader then never runs again.
     */
    private static final String CARRIERS = "-Djdk.virtualThreadScheduler.parallelism=";

    /** Of asadmin itself, which runs for a second: better code would come too late. */
    private static final String ASADMIN_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

    private static final String NAME = "mailroom";
    /** Protects the key store against nobody: the file is the owner's alone, and the server must open it unattended. */
    private static final String MASTER_PASSWORD = "changeit";

    private final Home home;
    private final Path payara;
    private final Path domain;

    Server(Home home, Path payara) {
        this.home = home;
        this.payara = payara;
        this.domain = home.domains().resolve(NAME);
    }

    Path log() {
        return domain.resolve("logs/server.log");
    }

    /** The process that runs this domain. Told by its command line: the server's own note of its number comes late and stays. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.allProcesses().filter(this::ours).findFirst();
    }

    private boolean ours(ProcessHandle process) {
        try {
            var words = Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(words.split("\0", -1)).contains("-Dcom.sun.aas.instanceRoot=" + domain);
        } catch (IOException e) {
            return false;
        }
    }

    boolean created(State state) {
        return Files.exists(domain.resolve("config/domain.xml")) && state.is("domain", domain.toString());
    }

    void create(State state, LoopbackPorts ports) {
        try {
            Archive.delete(domain);
        } catch (IOException e) {
            throw new Trouble("cannot remove the half-made server " + domain + ": " + e.getMessage(), e);
        }
        // Each named, and not checked: configure() sets them anew before each start.
        var others =
                "http.ssl.port=%d:jms.port=%d:domain.jmxPort=%d:orb.listener.port=%d:orb.ssl.port=%d:orb.mutualauth.port=%d"
                        + ":osgi.shell.telnet.port=%d:java.debugger.port=%d:hazelcast.das.port=%d:hazelcast.start.port=%d";
        local(
                        "create-domain",
                        "--domaindir",
                        home.domains().toString(),
                        "--adminport",
                        String.valueOf(ports.admin()),
                        "--instanceport",
                        String.valueOf(ports.base()),
                        "--checkports=false",
                        "--domainproperties",
                        others.formatted(
                                ports.base() + 1,
                                ports.broker(),
                                ports.jmx(),
                                ports.orb(),
                                ports.orbTls(),
                                ports.orbMutual(),
                                ports.shell(),
                                ports.base() + 9,
                                ports.dataGrid(),
                                ports.dataGrid() + 1),
                        NAME)
                .demand("the server's domain could not be made:");
        frontPage();
        state.done("domain", domain.toString());
    }

    /**
     * The address without a path leads to the console. Making the console the server's default web module would do so, too, but
     * then the pages that live in the root, /metrics and /health, could not be reached.
     */
    private void frontPage() {
        try {
            var root = domain.resolve("docroot");
            Files.deleteIfExists(root.resolve("index.html"));
            Files.writeString(
                    root.resolve("index.jsp"),
                    "<%@ page session=\"false\" %><% response.sendRedirect(\"/mailroom/\"); %>\n");
        } catch (IOException e) {
            throw new Trouble("cannot write to " + domain + ": " + e.getMessage(), e);
        }
    }

    /** What has to hold before the first breath of the next start. */
    void configure(Settings settings, LoopbackPorts ports, Certificate certificate) {
        var brokerPassword = Secrets.keep(home.secrets().resolve("broker-admin"));
        var broker = broker(settings, ports);
        DomainXml.read(domain.resolve("config/domain.xml"))
                .listener("http-listener-1", settings.listen(), settings.port(Listener.CONSOLE))
                .listener("http-listener-2", settings.listen(), settings.port(Listener.CONSOLE_TLS))
                .listener("admin-listener", "127.0.0.1", ports.admin())
                .certificate("http-listener-2", NAME)
                .orb(ports)
                .dataGrid(ports.dataGrid())
                .broker(broker, brokerPassword)
                .options(Server::replaced, options(settings, ports))
                .save();
        if (broker.isInside()) {
            broker.prepare(domain, brokerPassword);
        }
        certificate.install(domain.resolve("config/keystore.p12"), MASTER_PASSWORD.toCharArray());
        Logging.configure(domain);
        writeAsadmin(ports);
    }

    /**
     * The next start leaves Mailroom asleep. A server says that it is up while it still loads its applications, and a new one
     * that is deployed over one that is just being loaded fails, or leaves half of each. What it could not delete of the old
     * one when it stopped, it has noted, and would overlook in each new one that has files of that name.
     */
    void putToSleep() {
        DomainXml.read(domain.resolve("config/domain.xml")).asleep(NAME).save();
        try {
            Files.deleteIfExists(domain.resolve("applications").resolve(NAME).resolve(".glassfishStaleFiles"));
        } catch (IOException e) {
            throw new Trouble("cannot write to " + domain + ": " + e.getMessage(), e);
        }
    }

    Broker broker(Settings settings, LoopbackPorts ports) {
        return Broker.of(settings, ports, Secrets.keep(home.secrets().resolve("broker")));
    }

    private static boolean replaced(String option) {
        return option.startsWith("-Xm")
                || option.startsWith("-XX:NewRatio")
                || option.startsWith("-Dmailroom.")
                || option.startsWith(CARRIERS)
                || option.startsWith("-Dosgi.shell.telnet.port")
                || option.startsWith("-agentlib:jdwp");
    }

    private List<String> options(Settings settings, LoopbackPorts ports) {
        var options = new ArrayList<String>();
        var heap = settings.text("mail.server.heap", "1g");
        // All of it from the start: a heap that grows only when it must keeps the collector marking without a pause.
        options.add("-Xms" + heap);
        options.add("-Xmx" + heap);
        options.add("-XX:+UseG1GC");
        options.add(CARRIERS + "64");
        options.add("-Dmailroom.config=" + home.settings());
        options.add("-Dosgi.shell.telnet.port=" + ports.shell());
        int debug = settings.number("mail.server.debug-port", 0);
        if (debug != 0) {
            Ports.require("127.0.0.1", debug, "mail.server.debug-port");
            options.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debug);
        }
        return options;
    }

    /** In a session of its own, so that an interrupt at the terminal ends the command and not the server. */
    void start(Path preboot) {
        var words = new ArrayList<String>();
        if (Tool.present("setsid")) {
            words.addAll(List.of("setsid", "--wait"));
        }
        words.addAll(localWords(
                "start-domain",
                "--domaindir",
                home.domains().toString(),
                "--prebootcommandfile",
                preboot.toString(),
                NAME));
        new Tool(words)
                .with("AS_JAVA", System.getProperty("java.home"))
                .with("AS_EXTRA_JAVA_OPTS", ASADMIN_OPTIONS)
                .within(Duration.ofMinutes(5))
                .demand("the server does not start; its log is " + log() + ":");
    }

    void stop() {
        var process = process();
        if (process.isEmpty()) {
            return;
        }
        local("stop-domain", "--domaindir", home.domains().toString(), NAME)
                .within(Duration.ofSeconds(90))
                .run();
        process.filter(ProcessHandle::isAlive).ifPresent(Server::end);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (java.util.concurrent.CompletionException stubborn) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** A command to the running server. */
    Tool asadmin(String... words) {
        var all = new ArrayList<>(List.of(asadminScript().toString()));
        all.addAll(List.of(words));
        return new Tool(all);
    }

    /** A command that works on the domain's files and processes. */
    private Tool local(String... words) {
        return new Tool(localWords(words))
                .with("AS_JAVA", System.getProperty("java.home"))
                .with("AS_EXTRA_JAVA_OPTS", ASADMIN_OPTIONS);
    }

    private List<String> localWords(String... words) {
        var all = new ArrayList<>(List.of(payara.resolve("bin/asadmin").toString()));
        all.addAll(List.of(
                "--interactive=false",
                "--user",
                "admin",
                "--passwordfile",
                passwordFile().toString()));
        all.addAll(List.of(words));
        return all;
    }

    private Path passwordFile() {
        var file = home.secrets().resolve("asadmin");
        if (Files.notExists(file)) {
            Secrets.write(
                    file,
                    "AS_ADMIN_PASSWORD=" + Secrets.generate() + "\nAS_ADMIN_MASTERPASSWORD=" + MASTER_PASSWORD + "\n");
        }
        return file;
    }

    /** For the scripts and for people: asadmin that knows this server. */
    Path asadminScript() {
        return home.directory().resolve("server/asadmin");
    }

    private void writeAsadmin(LoopbackPorts ports) {
        var script = asadminScript();
        var text = "#!/bin/sh\n# asadmin for the server of this home.\nexport AS_JAVA='"
                + System.getProperty("java.home")
                + "'\nexport AS_EXTRA_JAVA_OPTS='" + ASADMIN_OPTIONS
                + "'\nexec '" + payara.resolve("bin/asadmin") + "' --interactive=false --user admin --passwordfile '"
                + passwordFile() + "' --port " + ports.admin() + " \"$@\"\n";
        Secrets.write(script, text);
        try {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new Trouble("cannot make " + script + " executable: " + e.getMessage(), e);
        }
    }
}
