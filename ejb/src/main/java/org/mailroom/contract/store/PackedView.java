package org.mailroom.contract.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailroom.contract.store.MailboxView.Page;

/**
 * An owner's view as octets: its arrays one after the other, so that reading it back costs little more than copying. For keeping,
 * not for exchange: what another release wrote in another form is no view.
 */
public final class PackedView {
    private static final int FORM = 1;

    private PackedView() {}

    public static byte[] pack(MailboxView view) {
        var keywords = view.keywords().stream()
                .map(keyword -> keyword.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size =
                40 + keywords.stream().mapToInt(keyword -> 4 + keyword.length).sum();
        for (var page : view.pages()) {
            size += 4 + 24 * page.size();
        }
        var out = ByteBuffer.allocate(size).putInt(FORM);
        out.putLong(view.mailbox()).putLong(view.uidValidity());
        out.putLong(view.uidNext()).putLong(view.modseq());
        out.putInt(keywords.size());
        keywords.forEach(keyword -> out.putInt(keyword.length).put(keyword));
        for (var page : view.pages()) {
            out.putInt(page.size());
            out.asIntBuffer().put(page.uids()).put(page.sizes());
            skip(out, 8 * page.size());
            out.asLongBuffer().put(page.flags()).put(page.modseqs());
            skip(out, 16 * page.size());
        }
        return out.array();
    }

    /** Empty where the octets are of another form. */
    public static Optional<MailboxView> unpack(byte[] octets) {
        var in = ByteBuffer.wrap(octets);
        if (in.remaining() < 40 || in.getInt() != FORM) {
            return Optional.empty();
        }
        long mailbox = in.getLong();
        long uidValidity = in.getLong();
        long uidNext = in.getLong();
        long modseq = in.getLong();
        var keywords = new ArrayList<String>();
        for (int left = in.getInt(); left > 0; left--) {
            var keyword = new byte[in.getInt()];
            in.get(keyword);
            keywords.add(new String(keyword, StandardCharsets.UTF_8));
        }
        var pages = new ArrayList<Page>();
        while (in.hasRemaining()) {
            pages.add(page(in));
        }
        return Optional.of(
                new MailboxView(mailbox, uidValidity, uidNext, modseq, List.copyOf(keywords), pages, Rights.ALL, null));
    }

    private static Page page(ByteBuffer in) {
        int size = in.getInt();
        var page = new Page(new int[size], new long[size], new long[size], new int[size]);
        in.asIntBuffer().get(page.uids()).get(page.sizes());
        skip(in, 8 * size);
        in.asLongBuffer().get(page.flags()).get(page.modseqs());
        skip(in, 16 * size);
        return page;
    }

    private static void skip(ByteBuffer buffer, int octets) {
        buffer.position(buffer.position() + octets);
    }
}
