package org.mailroom.connector.imap;

import static org.mailroom.connector.imap.CommandTable.Trait.CHANGES;
import static org.mailroom.connector.imap.CommandTable.Trait.LARGE;
import static org.mailroom.connector.imap.CommandTable.Trait.NAMES;
import static org.mailroom.connector.imap.CommandTable.Trait.NUMBERS;
import static org.mailroom.connector.imap.CommandTable.When.ANY;
import static org.mailroom.connector.imap.CommandTable.When.BEFORE_LOGIN;
import static org.mailroom.connector.imap.CommandTable.When.LOGGED_IN;
import static org.mailroom.connector.imap.CommandTable.When.SELECTED;
import static org.mailroom.connector.imap.command.Messages.BY_NUMBER;
import static org.mailroom.connector.imap.command.Messages.BY_UID;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.command.AppendCommand;
import org.mailroom.connector.imap.command.AuthenticateCommand;
import org.mailroom.connector.imap.command.CapabilityCommand;
import org.mailroom.connector.imap.command.CloseCommand;
import org.mailroom.connector.imap.command.Command;
import org.mailroom.connector.imap.command.CompressCommand;
import org.mailroom.connector.imap.command.CopyCommand;
import org.mailroom.connector.imap.command.CreateCommand;
import org.mailroom.connector.imap.command.DeleteAclCommand;
import org.mailroom.connector.imap.command.DeleteCommand;
import org.mailroom.connector.imap.command.EnableCommand;
import org.mailroom.connector.imap.command.ExpungeCommand;
import org.mailroom.connector.imap.command.FetchCommand;
import org.mailroom.connector.imap.command.GetAclCommand;
import org.mailroom.connector.imap.command.GetMetadataCommand;
import org.mailroom.connector.imap.command.IdCommand;
import org.mailroom.connector.imap.command.IdleCommand;
import org.mailroom.connector.imap.command.LanguageCommand;
import org.mailroom.connector.imap.command.ListCommand;
import org.mailroom.connector.imap.command.ListRightsCommand;
import org.mailroom.connector.imap.command.LoginCommand;
import org.mailroom.connector.imap.command.LogoutCommand;
import org.mailroom.connector.imap.command.LsubCommand;
import org.mailroom.connector.imap.command.MultiSearchCommand;
import org.mailroom.connector.imap.command.MyRightsCommand;
import org.mailroom.connector.imap.command.NamespaceCommand;
import org.mailroom.connector.imap.command.NoopCommand;
import org.mailroom.connector.imap.command.NotifyCommand;
import org.mailroom.connector.imap.command.QuotaCommand;
import org.mailroom.connector.imap.command.RenameCommand;
import org.mailroom.connector.imap.command.ReplaceCommand;
import org.mailroom.connector.imap.command.SearchCommand;
import org.mailroom.connector.imap.command.SelectCommand;
import org.mailroom.connector.imap.command.SetAclCommand;
import org.mailroom.connector.imap.command.SetMetadataCommand;
import org.mailroom.connector.imap.command.SortCommand;
import org.mailroom.connector.imap.command.StartTlsCommand;
import org.mailroom.connector.imap.command.StatusCommand;
import org.mailroom.connector.imap.command.StoreCommand;
import org.mailroom.connector.imap.command.SubscribeCommand;
import org.mailroom.connector.imap.command.ThreadCommand;
import org.mailroom.connector.imap.command.UnauthenticateCommand;
import org.mailroom.connector.imap.session.ImapSession.State;

/** Every command: when it may be given, what is special about it, which extension it belongs to, and the class that does it. */
final class CommandTable {
    private static final List<Row> ROWS = List.of(
            row("CAPABILITY", ANY, "IMAP4rev1", new CapabilityCommand()),
            row("NOOP", ANY, "IMAP4rev1", new NoopCommand("NOOP")),
            row("LOGOUT", ANY, "IMAP4rev1", new LogoutCommand()),
            row("ID", ANY, "ID", new IdCommand()),
            row("LANGUAGE", ANY, "LANGUAGE", new LanguageCommand()),
            row("STARTTLS", BEFORE_LOGIN, "STARTTLS", new StartTlsCommand()),
            row("LOGIN", BEFORE_LOGIN, "IMAP4rev1", new LoginCommand()),
            row("AUTHENTICATE", BEFORE_LOGIN, "SASL-IR", new AuthenticateCommand()),
            row("COMPRESS", LOGGED_IN, "COMPRESS=DEFLATE", new CompressCommand()),
            row("ENABLE", LOGGED_IN, "ENABLE", new EnableCommand()),
            row("UNAUTHENTICATE", LOGGED_IN, "UNAUTHENTICATE", new UnauthenticateCommand()),
            row("NAMESPACE", LOGGED_IN, "NAMESPACE", new NamespaceCommand()),
            row("SELECT", LOGGED_IN, "QRESYNC", new SelectCommand(false)),
            row("EXAMINE", LOGGED_IN, "IMAP4rev1", new SelectCommand(true)),
            row("CREATE", LOGGED_IN, "CREATE-SPECIAL-USE", new CreateCommand(), NAMES),
            row("DELETE", LOGGED_IN, "IMAP4rev1", new DeleteCommand(), NAMES),
            row("RENAME", LOGGED_IN, "IMAP4rev1", new RenameCommand(), NAMES),
            row("SUBSCRIBE", LOGGED_IN, "IMAP4rev1", new SubscribeCommand(true), NAMES),
            row("UNSUBSCRIBE", LOGGED_IN, "IMAP4rev1", new SubscribeCommand(false), NAMES),
            row("LIST", LOGGED_IN, "LIST-EXTENDED", new ListCommand()),
            row("LSUB", LOGGED_IN, "IMAP4rev1", new LsubCommand()),
            row("STATUS", LOGGED_IN, "STATUS=SIZE", new StatusCommand()),
            row("APPEND", LOGGED_IN, "CATENATE", new AppendCommand(), LARGE),
            row("ESEARCH", LOGGED_IN, "MULTISEARCH", new MultiSearchCommand()),
            row("IDLE", LOGGED_IN, "IDLE", new IdleCommand()),
            row("GETQUOTA", LOGGED_IN, "QUOTA", new QuotaCommand(false)),
            row("GETQUOTAROOT", LOGGED_IN, "QUOTA", new QuotaCommand(true)),
            row("NOTIFY", LOGGED_IN, "NOTIFY", new NotifyCommand()),
            row("GETMETADATA", LOGGED_IN, "METADATA", new GetMetadataCommand()),
            row("SETMETADATA", LOGGED_IN, "METADATA", new SetMetadataCommand()),
            row("GETACL", LOGGED_IN, "ACL", new GetAclCommand()),
            row("SETACL", LOGGED_IN, "ACL", new SetAclCommand()),
            row("DELETEACL", LOGGED_IN, "ACL", new DeleteAclCommand()),
            row("LISTRIGHTS", LOGGED_IN, "ACL", new ListRightsCommand()),
            row("MYRIGHTS", LOGGED_IN, "ACL", new MyRightsCommand()),
            row("CHECK", SELECTED, "IMAP4rev1", new NoopCommand("CHECK")),
            row("CLOSE", SELECTED, "IMAP4rev1", new CloseCommand(true)),
            row("UNSELECT", SELECTED, "UNSELECT", new CloseCommand(false)),
            row("EXPUNGE", SELECTED, "IMAP4rev1", new ExpungeCommand(false), CHANGES),
            row("UID EXPUNGE", SELECTED, "UIDPLUS", new ExpungeCommand(true), CHANGES),
            row("SEARCH", SELECTED, "ESEARCH", new SearchCommand(BY_NUMBER), NUMBERS),
            row("UID SEARCH", SELECTED, "ESEARCH", new SearchCommand(BY_UID)),
            row("SORT", SELECTED, "SORT", new SortCommand(BY_NUMBER), NUMBERS),
            row("UID SORT", SELECTED, "SORT=DISPLAY", new SortCommand(BY_UID)),
            row("THREAD", SELECTED, "THREAD=REFERENCES", new ThreadCommand(BY_NUMBER), NUMBERS),
            row("UID THREAD", SELECTED, "THREAD=ORDEREDSUBJECT", new ThreadCommand(BY_UID)),
            row("FETCH", SELECTED, "CONDSTORE", new FetchCommand(BY_NUMBER), NUMBERS),
            row("UID FETCH", SELECTED, "CONDSTORE", new FetchCommand(BY_UID)),
            row("STORE", SELECTED, "CONDSTORE", new StoreCommand(BY_NUMBER), NUMBERS, CHANGES),
            row("UID STORE", SELECTED, "CONDSTORE", new StoreCommand(BY_UID), CHANGES),
            row("REPLACE", SELECTED, "REPLACE", new ReplaceCommand(BY_NUMBER), CHANGES, LARGE),
            row("UID REPLACE", SELECTED, "REPLACE", new ReplaceCommand(BY_UID), CHANGES, LARGE),
            row("COPY", SELECTED, "UIDPLUS", new CopyCommand(BY_NUMBER, false)),
            row("UID COPY", SELECTED, "UIDPLUS", new CopyCommand(BY_UID, false)),
            row("MOVE", SELECTED, "MOVE", new CopyCommand(BY_NUMBER, true), CHANGES),
            row("UID MOVE", SELECTED, "MOVE", new CopyCommand(BY_UID, true), CHANGES));

    private static final Map<String, Row> BY_NAME =
            ROWS.stream().collect(Collectors.toMap(Row::name, Function.identity()));

    /** Commands that may carry a message. */
    static final Set<String> CARRY_MESSAGES =
            ROWS.stream().filter(r -> r.is(LARGE)).map(Row::name).collect(Collectors.toSet());

    private CommandTable() {}

    /** When a command may be given (RFC 9051 §3). */
    enum When {
        ANY(""),
        BEFORE_LOGIN("You have logged in already"),
        LOGGED_IN("Log in first"),
        SELECTED("Select a mailbox first");

        final String otherwise;

        When(String otherwise) {
            this.otherwise = otherwise;
        }

        boolean holds(State state) {
            return switch (this) {
                case ANY -> true;
                case BEFORE_LOGIN -> state == State.NOT_AUTHENTICATED;
                case LOGGED_IN -> state == State.AUTHENTICATED || state == State.SELECTED;
                case SELECTED -> state == State.SELECTED;
            };
        }
    }

    /** What is special about a command. */
    enum Trait {
        /** Names messages by number: while it is answered no EXPUNGE may change what they mean (RFC 9051 §7.5.1). */
        NUMBERS,
        /** Changes the selected mailbox, and is refused after EXAMINE. */
        CHANGES,
        /** Changes names of mailboxes, or subscriptions. */
        NAMES,
        /** May carry a literal that is too large for memory. */
        LARGE
    }

    record Row(String name, When when, String extension, Command command, Set<Trait> traits) {
        boolean is(Trait trait) {
            return traits.contains(trait);
        }
    }

    private static Row row(String name, When when, String extension, Command command, Trait... traits) {
        return new Row(name, when, extension, command, Set.of(traits));
    }

    /** @param name in capitals */
    static @Nullable Row find(String name) {
        return BY_NAME.get(name);
    }

    static List<Row> rows() {
        return ROWS;
    }
}
