package org.mailroom.launcher;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What an operator types. */
@Command(
        name = "mailroom",
        description = "Starts, stops and administers a mail server.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Mailroom.Version.class,
        subcommands = {
            RunCommand.class,
            StopCommand.class,
            StatusCommand.class,
            DomainCommand.class,
            DirectoryCommand.class,
            AccountCommand.class,
            AppPasswordCommand.class,
            LoginCommand.class,
            AddressCommand.class,
            AliasCommand.class,
            RewriteCommand.class,
            ForwardCommand.class,
            GroupCommand.class,
            SharedCommand.class,
            LimitCommand.class,
            TenantCommand.class,
            RouteCommand.class,
            PopPolicyCommand.class,
            DkimCommand.class,
            CertificateCommand.class,
            AuthenticityCommand.class,
            ReportCommand.class,
            RuleCommand.class,
            TraceCommand.class,
            QueueCommand.class,
            QuarantineCommand.class,
            ModerationCommand.class,
            PolicyCommand.class,
            ListCommand.class,
            AdminCommand.class,
            TokenCommand.class,
            ListenerCommand.class,
            LogCommand.class,
            SettingCommand.class,
            ApplyCommand.class,
            ExportCommand.class,
            TestCommand.class,
            FetchCommand.class
        })
final class Mailroom {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MAILROOM_HOME}",
            description =
                    "Where everything is kept; .mailroom beside the script, unless MAILROOM_HOME names another place.")
    private String directory = "";

    @Mixin
    private final Remote remote = new Remote();

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Mailroom " + Versions.load().mailroom()};
        }
    }

    Home home() {
        var checkout = Checkout.here();
        return Home.of(directory == null || directory.isBlank() ? checkout.defaultHome() : Path.of(directory));
    }

    /** A home that somebody has started before. */
    Home existingHome() {
        var home = home();
        if (!home.exists() || !java.nio.file.Files.exists(home.settings())) {
            throw new Trouble("there is no Mailroom in " + home.directory()
                    + ". Start one with ./mailroom run, or name its --home.");
        }
        return home;
    }

    Api api() {
        if (remote.named()) {
            return remote.api();
        }
        var home = existingHome();
        return Api.of(home, Settings.of(home));
    }

    boolean remote() {
        return remote.named();
    }

    Operation operation() {
        if (remote.named()) {
            throw new Trouble("that is done on the machine itself: leave --server and MAILROOM_SERVER away.");
        }
        return new Operation(Checkout.here(), home(), new Progress());
    }

    static CommandLine commandLine() {
        return new CommandLine(new Mailroom()).setExecutionExceptionHandler((problem, command, parsed) -> {
            if (Foreground.interrupted()) {
                return 1;
            }
            if (problem instanceof Trouble) {
                command.getErr().println("mailroom: " + problem.getMessage());
            } else {
                problem.printStackTrace(command.getErr());
                command.getErr()
                        .println("mailroom: this is a defect of the launcher; please report it with the lines above.");
            }
            return 1;
        });
    }

    public static void main(String[] words) {
        int code = commandLine().execute(Remote.first(words));
        System.out.flush();
        System.exit(code);
    }
}
