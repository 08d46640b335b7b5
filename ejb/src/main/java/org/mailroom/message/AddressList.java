package org.mailroom.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address field as leniently as people write them and renders it for ENVELOPE (RFC 9051 §7.5.2). Groups open with
 * an address that has no host and close with one that has nothing. Encoded words stay as they are: decoding is the client's.
 */
public final class AddressList {
    /** Stands for a host that is missing, because NIL there would begin a group. */
    private static final String NO_HOST = "missing.invalid";

    private static final int MOST = 10_000;

    private final String field;
    private final ImapText out;
    private int at;
    private int written;
    private boolean inGroup;
    private @Nullable String first;
    private @Nullable String firstName;

    /** To sort by (RFC 5256 §3) the first counts whatever it is; one that people are shown has a domain. */
    private boolean onlyFirst;

    private final List<String> addresses = new ArrayList<>();

    private final StringBuilder words = new StringBuilder();
    private boolean quoted;
    private @Nullable String comment;
    private @Nullable String route;
    private @Nullable String angle;

    private AddressList(String field, ImapText out) {
        this.field = field;
        this.out = out;
    }

    /** Writes the list, or NIL where the field holds no address; returns the first address as local@domain, or null. */
    static @Nullable String write(@Nullable String field, ImapText out) {
        if (field == null) {
            out.nil();
            return null;
        }
        var list = new AddressList(field, out);
        list.read();
        list.end();
        return list.first;
    }

    /** Writes the list or, where the field holds no address, that of another field. */
    static void writeEither(@Nullable String field, @Nullable String other, ImapText out) {
        var list = new AddressList(field == null ? "" : field, out);
        list.read();
        if (list.written == 0) {
            write(other, out);
        } else {
            list.end();
        }
    }

    private void end() {
        if (written == 0) {
            out.nil();
        } else {
            out.raw(')');
        }
    }

    /** @param display its display name, or the address where it has none (RFC 5957 §3) */
    record First(String mailbox, String display) {}

    /** The first address of a field, as it was written; empty texts where there is none. */
    static First first(@Nullable String field) {
        if (field == null) {
            return new First("", "");
        }
        var list = new AddressList(field, new ImapText());
        list.onlyFirst = true;
        list.read();
        if (list.first == null) {
            return new First("", "");
        }
        var name = list.firstName;
        return new First(local(list.first), name == null ? list.first : HeaderText.decode(name));
    }

    /**
     * The addresses of a field, groups opened; what has no domain stands as it is. The last is empty where there are more than
     * anybody needs.
     */
    public static List<String> addresses(String field) {
        var list = new AddressList(field, new ImapText());
        list.read();
        return List.copyOf(list.addresses);
    }

    private void read() {
        while (!(onlyFirst && first != null) && at < field.length() && written < MOST) {
            char c = field.charAt(at++);
            switch (c) {
                case '"' -> {
                    int from = words.length();
                    at = Tokens.quotedString(field, at, words);
                    quoted |= words.length() > from;
                }
                case '(' -> {
                    var text = new StringBuilder();
                    at = Tokens.comment(field, at, text);
                    comment = text.toString().strip();
                }
                case '<' -> angleAddress();
                case ',' -> endAddress();
                case ';' -> endGroup();
                case ':' -> beginGroup();
                case ' ', '\t' -> {
                    if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
                        words.append(' ');
                    }
                }
                default -> words.append(c);
            }
        }
        endGroup();
        if (at < field.length()) {
            addresses.add("");
        }
    }

    /** What stands between angle brackets, with an old source route apart (RFC 5322 §4.4). */
    private void angleAddress() {
        var inside = new StringBuilder();
        route = null;
        if (angle != null) {
            // A second one before the comma: readers differ in which of them counts.
            addresses.add(angle);
        }
        while (at < field.length()) {
            char c = field.charAt(at++);
            if (c == '>') {
                break;
            } else if (c == '"') {
                at = Tokens.quotedString(field, at, inside);
            } else if (c == '(') {
                at = Tokens.comment(field, at, new StringBuilder());
            } else if (c == ':' && !inside.isEmpty() && inside.charAt(0) == '@' && route == null) {
                route = inside.toString();
                inside.setLength(0);
            } else if (c != ' ' && c != '\t') {
                inside.append(c);
            }
        }
        angle = inside.toString();
    }

    private void beginGroup() {
        if (inGroup) {
            words.append(':');
            return;
        }
        inGroup = true;
        entry(null, null, text(), null);
        reset();
    }

    private void endGroup() {
        endAddress();
        if (inGroup) {
            inGroup = false;
            entry(null, null, null, null);
        }
    }

    private void endAddress() {
        var name = text();
        var address = angle;
        if (address == null) {
            // Without brackets the words are the address; a comment behind them was the name in older mail.
            address =
                    quoted ? name : name.replace(" @ ", "@").replace("@ ", "@").replace(" @", "@");
            name = "";
        }
        if (name.isEmpty() && comment != null) {
            name = comment;
        }
        if (!address.isEmpty() || !name.isEmpty()) {
            addresses.add(address);
            var local = local(address);
            var host = local.length() == address.length() ? "" : address.substring(local.length() + 1);
            if (first == null && (onlyFirst || !local.isEmpty() && !host.isEmpty())) {
                first = address;
                firstName = name.isEmpty() ? null : name;
            }
            entry(name.isEmpty() ? null : name, route, local, host.isEmpty() ? NO_HOST : host);
        }
        reset();
    }

    /** What stands before the domain; all of an address that has none. */
    private static String local(String address) {
        int split = address.lastIndexOf('@');
        return split < 0 ? address : address.substring(0, split);
    }

    private String text() {
        return words.toString().strip();
    }

    private void entry(@Nullable String name, @Nullable String route, @Nullable String local, @Nullable String host) {
        if (written++ == 0) {
            out.raw('(');
        }
        out.raw('(').nstring(name).space().nstring(route).space();
        out.nstring(local).space().nstring(host).raw(')');
    }

    private void reset() {
        words.setLength(0);
        quoted = false;
        comment = null;
        route = null;
        angle = null;
    }
}
