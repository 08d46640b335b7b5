package org.mailroom.connector.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.Annotation;

/** SETMETADATA (RFC 5464 §4.3). */
public final class SetMetadataCommand implements Command {
    private static final int MOST = 100;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        in.space();
        var changes = changes(in);
        in.end();
        if (changes.stream().anyMatch(change -> change.value() != null && change.value().length > Annotation.LARGEST)) {
            return Reply.no("[METADATA MAXSIZE " + Annotation.LARGEST + "] A value is too long");
        }
        try {
            session.store().annotate(session.actor(), name, changes);
        } catch (MailException problem) {
            if (problem.reason() == Reason.LIMIT) {
                return Reply.no("[METADATA TOOMANY] " + problem.text());
            }
            throw problem;
        }
        return Reply.ok("SETMETADATA completed");
    }

    private static List<Annotation> changes(Arguments in) throws BadSyntax {
        var changes = new ArrayList<Annotation>();
        in.expect('(');
        do {
            var entry = MetadataEntry.read(in);
            in.space();
            changes.add(in.takeWord("NIL") ? new Annotation(entry, null) : new Annotation(entry, value(in)));
        } while (in.take(' ') && changes.size() < MOST);
        in.expect(')');
        return changes;
    }

    private static byte[] value(Arguments in) throws BadSyntax {
        if (in.peek() == '"') {
            return in.string("a value").getBytes(StandardCharsets.UTF_8);
        }
        boolean binary = in.take('~');
        var literal = in.literal("a value: NIL, a string or a literal");
        if (!literal.inMemory()) {
            throw new BadSyntax("A value that long is none");
        }
        var octets = literal.octets();
        if (!binary && Nul.isIn(octets)) {
            throw new BadSyntax("A value with NUL octets has to be a binary literal");
        }
        return octets;
    }
}
