package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Quoted;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Annotation;

/** GETMETADATA (RFC 5464 §4.2). */
public final class GetMetadataCommand implements Command {
    /** @param depth how many levels below the names */
    private record Options(long largest, int depth) {
        static final Options NONE = new Options(Long.MAX_VALUE, 0);

        static Options read(Arguments in) throws BadSyntax {
            var options = NONE;
            in.expect('(');
            do {
                if (in.takeWord("MAXSIZE")) {
                    in.space();
                    options = new Options(in.number("a number of octets"), options.depth);
                } else if (in.takeWord("DEPTH")) {
                    in.space();
                    options = new Options(options.largest, depth(in));
                } else {
                    throw in.expected("MAXSIZE or DEPTH");
                }
            } while (in.take(' '));
            in.expect(')');
            in.space();
            return options;
        }

        private static int depth(Arguments in) throws BadSyntax {
            var wrong = in.expected("0, 1 or infinity");
            return switch (in.word("a depth")) {
                case "0" -> 0;
                case "1" -> 1;
                case "INFINITY" -> Integer.MAX_VALUE;
                default -> throw wrong;
            };
        }
    }

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        // The grammar has the options before the mailbox, the examples behind it; clients do either.
        var options = in.peek() == '(' ? Options.read(in) : Options.NONE;
        var name = in.mailbox();
        in.space();
        if (in.peekText("(MAXSIZE") || in.peekText("(DEPTH")) {
            options = Options.read(in);
        }
        var entries = MetadataEntry.several(in);
        in.end();
        return tell(session, name, entries, options);
    }

    private static Reply tell(ImapSession session, String name, List<String> entries, Options options)
            throws MailException {
        var told = new ArrayList<Annotation>();
        long longest = 0;
        for (var one : session.store().annotations(session.actor(), name, entries)) {
            var value = one.value();
            if (value == null || !wanted(one.entry(), entries, options.depth)) {
                continue;
            }
            if (value.length > options.largest) {
                longest = Math.max(longest, value.length);
            } else {
                told.add(one);
            }
        }
        if (!told.isEmpty()) {
            session.connection().write("* METADATA " + session.quoted(name) + " (");
            for (int i = 0; i < told.size(); i++) {
                write(session, told.get(i), i == 0 ? "" : " ");
            }
            session.connection().write(")\r\n");
        }
        return Reply.ok((longest > 0 ? "[METADATA LONGENTRIES " + longest + "] " : "") + "GETMETADATA completed");
    }

    /** A literal whatever it holds: lines, quotes or octets that are no text; a binary one for NUL (RFC 5464 §5). */
    private static void write(ImapSession session, Annotation one, String before) {
        var value = one.value() == null ? new byte[0] : one.value();
        var literal = Nul.isIn(value) ? " ~{" : " {";
        session.connection().write(before + Quoted.astring(one.entry()) + literal + value.length + "}\r\n");
        session.connection().write(value);
    }

    private static boolean wanted(String entry, List<String> names, int depth) {
        return names.stream()
                .anyMatch(name -> entry.equals(name)
                        || entry.startsWith(name + "/")
                                && entry.substring(name.length())
                                                .chars()
                                                .filter(c -> c == '/')
                                                .count()
                                        <= depth);
    }
}
