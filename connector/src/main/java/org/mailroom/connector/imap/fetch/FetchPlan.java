package org.mailroom.connector.imap.fetch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mailroom.connector.imap.parse.FetchItem;
import org.mailroom.connector.imap.parse.FetchItem.Binary;
import org.mailroom.connector.imap.parse.FetchItem.Octets;
import org.mailroom.connector.imap.parse.FetchItem.Simple;
import org.mailroom.connector.imap.parse.Section;
import org.mailroom.contract.store.MessageColumn;

/**
 * What a FETCH takes.
 *
 * @param columns to read from the store; where there are none, the view answers
 * @param setsSeen RFC 9051 §6.4.5: BODY[…] sets \Seen, BODY.PEEK[…] does not
 */
record FetchPlan(List<FetchItem> items, Set<MessageColumn> columns, boolean setsSeen) {
    static FetchPlan of(List<FetchItem> items) {
        var columns = EnumSet.noneOf(MessageColumn.class);
        boolean setsSeen = false;
        for (var item : items) {
            switch (item) {
                case Simple simple -> addColumn(columns, simple);
                case Binary binary -> {
                    setsSeen |= !binary.peek();
                    columns.add(MessageColumn.OCTETS);
                    columns.add(MessageColumn.PARTS);
                }
                case Octets octets -> {
                    setsSeen |= !octets.peek();
                    addColumns(columns, octets.section());
                }
            }
        }
        if (columns.contains(MessageColumn.OCTETS) && columns.remove(MessageColumn.HEADER)) {
            // The header lies in the octets, if one knows where it ends.
            columns.add(MessageColumn.PARTS);
        }
        return new FetchPlan(items, columns, setsSeen);
    }

    private static void addColumn(Set<MessageColumn> columns, Simple item) {
        switch (item) {
            case FLAGS, UID, RFC822_SIZE, MODSEQ -> {}
            case SAVEDATE -> columns.add(MessageColumn.SAVED);
            // Every row names its message, and so any column will do.
            case EMAILID -> columns.add(MessageColumn.INTERNAL_DATE);
            case THREADID -> columns.add(MessageColumn.THREAD);
            case PREVIEW -> columns.add(MessageColumn.PREVIEW);
            case INTERNALDATE -> columns.add(MessageColumn.INTERNAL_DATE);
            case ENVELOPE -> columns.add(MessageColumn.ENVELOPE);
            case BODY, BODYSTRUCTURE -> columns.add(MessageColumn.STRUCTURE);
        }
    }

    private static void addColumns(Set<MessageColumn> columns, Section section) {
        if (isTopHeader(section)) {
            columns.add(MessageColumn.HEADER);
            return;
        }
        columns.add(MessageColumn.OCTETS);
        if (!section.equals(Section.ALL)) {
            columns.add(MessageColumn.PARTS);
        }
    }

    private static boolean isTopHeader(Section section) {
        return section.path().isEmpty()
                && section.kind() != Section.Kind.CONTENT
                && section.kind() != Section.Kind.TEXT;
    }

    /** The same with parts and octets instead of the header, for a header that is larger than a row carries. */
    Set<MessageColumn> columnsForLargeHeader() {
        var all = EnumSet.copyOf(columns);
        all.remove(MessageColumn.HEADER);
        all.add(MessageColumn.OCTETS);
        all.add(MessageColumn.PARTS);
        return all;
    }
}
