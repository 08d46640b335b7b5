package org.mailroom.connector.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Binary;
import org.mailroom.connector.imap.parse.FetchItem.Octets;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.parse.ImapDate;
import org.mailroom.connector.imap.parse.ObjectId;
import org.mailroom.connector.imap.parse.Quoted;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.net.ConnectionClosed;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxView.Entry;
import org.mailroom.contract.store.MessageRow;

/**
 * Writes one FETCH response after another (RFC 9051 §7.5.2). A response is gathered in memory and sent whole, so that a
 * refusal in the middle leaves no half line behind; only a large literal is sent while it is read.
 */
final class MessageWriter {
    /** Literals up to here are gathered. */
    private static final int SMALL = 64 * 1024;

    private static final int MOST_GATHERED = 4 * SMALL;

    private static final byte[] NIL = {'N', 'I', 'L'};

    private final ImapSession session;
    private final List<FetchItem> items;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private boolean partlySent;
    private boolean unknownEncoding;

    MessageWriter(ImapSession session, List<FetchItem> items) {
        this.session = session;
        this.items = items;
    }

    /** What the view knows. */
    void write(int sequence, Entry entry) throws MailException {
        write(sequence, entry, null, false);
    }

    /** @param nowSeen whether this very command set \Seen, which the client must hear */
    void write(int sequence, Entry entry, @Nullable MessageRow row, boolean nowSeen) throws MailException {
        try {
            text(session.selected().fetched(sequence));
            for (int i = 0; i < items.size(); i++) {
                text(i > 0 ? " " : "");
                item(items.get(i), sequence, entry, row);
                if (out.size() > MOST_GATHERED) {
                    send();
                    partlySent = true;
                }
            }
            if (nowSeen) {
                nowSeen(sequence, entry);
            }
            text(")\r\n");
            send();
        } catch (MailException | RuntimeException problem) {
            if (partlySent && !(problem instanceof ConnectionClosed)) {
                throw new HalfWritten(problem);
            }
            throw problem;
        }
    }

    private void nowSeen(int sequence, Entry entry) {
        boolean modseq = session.selected().tellsModseq();
        // RFC 7162 §3.1, §3.2.4: flags that changed come with UID and mod-sequence, whatever changed them.
        if (modseq && !items.contains(Simple.UID) && !session.has(Feature.UIDONLY)) {
            text(" UID ").text(Long.toString(entry.uid()));
        }
        if (!items.contains(Simple.FLAGS)) {
            text(" FLAGS ").text(session.selected().flags(sequence));
        }
        if (modseq && !items.contains(Simple.MODSEQ)) {
            text(" MODSEQ (").text(Long.toString(entry.modseq())).text(")");
        }
    }

    private void item(FetchItem item, int sequence, Entry entry, @Nullable MessageRow row) throws MailException {
        switch (item) {
            case Simple simple -> simple(simple, sequence, entry, row);
            case Octets octets -> octets(octets, wanted(row));
            case Binary binary -> binary(binary, wanted(row));
        }
    }

    private void simple(Simple item, int sequence, Entry entry, @Nullable MessageRow row) {
        switch (item) {
            case UID -> text("UID ").text(Long.toString(entry.uid()));
            case FLAGS -> text("FLAGS ").text(session.selected().flags(sequence));
            case RFC822_SIZE -> text("RFC822.SIZE ").text(Long.toString(entry.size()));
            case MODSEQ -> text("MODSEQ (").text(Long.toString(entry.modseq())).text(")");
            case INTERNALDATE ->
                text("INTERNALDATE \"")
                        .text(ImapDate.format(wanted(wanted(row).internalDate())))
                        .text("\"");
            case SAVEDATE ->
                text("SAVEDATE \"")
                        .text(ImapDate.format(wanted(wanted(row).saved())))
                        .text("\"");
            case EMAILID ->
                text("EMAILID (").text(ObjectId.email(wanted(row).message())).text(")");
            case THREADID -> {
                var thread = wanted(row).thread();
                text("THREADID ").text(thread == null ? "NIL" : "(" + ObjectId.thread(thread) + ")");
            }
            case PREVIEW -> preview(wanted(row).preview());
            case ENVELOPE -> text("ENVELOPE ").octets(wanted(wanted(row).envelope()));
            case BODYSTRUCTURE ->
                text("BODYSTRUCTURE ").octets(wanted(wanted(row).structure()));
            case BODY ->
                text("BODY ").octets(BodyFromStructure.of(wanted(wanted(row).structure())));
        }
    }

    /** RFC 8970 §3.1: UTF-8; NIL where it is not known yet. */
    private void preview(@Nullable String preview) {
        text("PREVIEW ");
        if (preview == null) {
            octets(NIL);
        } else if (preview.chars().allMatch(c -> c < 0x7F)) {
            text(Quoted.string(preview));
        } else {
            var octets = preview.getBytes(StandardCharsets.UTF_8);
            literal(octets, new Extent(0, octets.length));
        }
    }

    private void octets(Octets item, MessageRow row) throws MailException {
        text(item.name()).text(" ");
        var header = row.header();
        if (header != null) {
            // Only the header of the message was asked for.
            var octets = item.section().kind().listsFields() ? fields(item, header) : header;
            literal(octets, new Extent(0, octets.length).part(item.partial()));
            return;
        }
        var extent =
                row.parts() == null ? new Extent(0, row.size()) : Extent.of(item.section(), row.parts(), row.size());
        var message = new MessageOctets(session.store(), row);
        if (extent == null) {
            octets(NIL);
        } else if (item.section().kind().listsFields()) {
            var fields = new HeaderFields(item.section());
            message.read(extent, fields::add);
            var octets = fields.done();
            literal(octets, new Extent(0, octets.length).part(item.partial()));
        } else {
            literal(message, extent.part(item.partial()));
        }
    }

    private void binary(Binary item, MessageRow row) throws MailException {
        text(item.name()).text(" ");
        var part = item.section().path().isEmpty()
                ? null
                : Extent.find(item.section().path(), wanted(row.parts()));
        var extent = Extent.of(item.section(), wanted(row.parts()), row.size());
        // RFC 3516 §4.2: a multipart, and a message as a whole, has no encoding to be undone.
        var encoding = part == null || part.isMultipart() ? "binary" : part.encoding();
        if (extent == null || TransferDecoder.of(encoding).isEmpty()) {
            unknownEncoding |= extent != null;
            text(item.sizeOnly() ? "0" : "NIL");
            return;
        }
        var message = new MessageOctets(session.store(), row);
        long[] size = {0};
        decode(message, extent, encoding, octets -> size[0] += octets.length);
        if (item.sizeOnly()) {
            text(Long.toString(size[0]));
            return;
        }
        var wanted = new Extent(0, size[0]).part(item.partial());
        text("~{").text(Long.toString(wanted.length())).text("}\r\n");
        long[] at = {0};
        decode(message, extent, encoding, octets -> {
            int from = (int) Math.clamp(wanted.from() - at[0], 0, octets.length);
            int to = (int) Math.clamp(wanted.to() - at[0], from, octets.length);
            at[0] += octets.length;
            out.write(octets, from, to - from);
            if (out.size() > SMALL) {
                send();
                partlySent = true;
                session.connection().awaitWritable();
            }
        });
    }

    private static void decode(MessageOctets message, Extent extent, String encoding, Consumer<byte[]> taker)
            throws MailException {
        var decoder = TransferDecoder.of(encoding).orElseThrow();
        message.read(extent, (octets, from, to) -> taker.accept(decoder.decode(octets, from, to)));
        taker.accept(decoder.rest());
    }

    /** Whether a part was asked for without an encoding that we do not know (RFC 3516 §4.3). */
    boolean metUnknownEncoding() {
        return unknownEncoding;
    }

    private static byte[] fields(Octets item, byte[] header) {
        var fields = new HeaderFields(item.section());
        fields.add(header, 0, header.length);
        return fields.done();
    }

    private void literal(byte[] octets, Extent extent) {
        text("{").text(Long.toString(extent.length())).text("}\r\n");
        out.write(PlainOctets.of(octets, (int) extent.from(), (int) extent.to()), (int) extent.from(), (int)
                extent.length());
    }

    private void literal(MessageOctets message, Extent extent) throws MailException {
        if (extent.length() <= SMALL) {
            literal(message.bytes(extent), new Extent(0, extent.length()));
            return;
        }
        // The first piece before the announcement: a message that is gone already is then a refusal and no broken line.
        boolean[] announced = {false};
        message.read(extent, (octets, from, to) -> {
            if (!announced[0]) {
                announced[0] = true;
                text("{").text(Long.toString(extent.length())).text("}\r\n");
                send();
                partlySent = true;
            }
            session.connection().write(PlainOctets.of(octets, from, to), from, to - from);
            session.connection().awaitWritable();
        });
    }

    private void send() {
        session.connection().write(out.toByteArray());
        out.reset();
        partlySent = false;
    }

    private MessageWriter text(String text) {
        return octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private MessageWriter octets(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    private static <T> T wanted(@Nullable T column) {
        if (column == null) {
            throw new IllegalStateException("a column is missing that was asked for");
        }
        return column;
    }
}
