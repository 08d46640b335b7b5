package org.mailroom.connector.imap.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mailroom.connector.net.Spool;

/**
 * Reads a frame from left to right, a token at a time (RFC 9051 §9, RFC 3501 §9). Every method either takes what it is named
 * for, or says in a {@link BadSyntax} what it expected, and where.
 */
public final class Arguments {
    private final Frame frame;
    private final boolean utf8Names;
    private int part;
    private int at;

    public Arguments(Frame frame) {
        this(frame, false);
    }

    /** @param utf8Names whether mailbox names are UTF-8 (RFC 9051 §5.1), where otherwise they are modified UTF-7 */
    public Arguments(Frame frame, boolean utf8Names) {
        this.frame = frame;
        this.utf8Names = utf8Names;
    }

    /** Another reader of the same frame, which goes on from here. */
    public Arguments copy() {
        var copy = new Arguments(frame, utf8Names);
        copy.part = part;
        copy.at = at;
        return copy;
    }

    // Characters

    /** The next character, or -1 at the end of the line. */
    public int peek() {
        return at < line().length ? line()[at] & 0xFF : -1;
    }

    public boolean atEnd() {
        return peek() < 0;
    }

    public void end() throws BadSyntax {
        if (!atEnd()) {
            throw expected("the end of the line");
        }
    }

    public void space() throws BadSyntax {
        if (!take(' ')) {
            throw expected("a space");
        }
    }

    /** Takes this character if it is the next. */
    public boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    public void expect(char wanted) throws BadSyntax {
        if (!take(wanted)) {
            throw expected("\"" + wanted + "\"");
        }
    }

    /** Takes this word, in any case, if it is what comes next and no atom goes on after it. */
    public boolean takeWord(String word) {
        int end = at + word.length();
        if (end > line().length || (end < line().length && isAtom(line()[end]))) {
            return false;
        }
        if (!ascii(at, end).equalsIgnoreCase(word)) {
            return false;
        }
        at = end;
        return true;
    }

    /** Takes this text, in any case, if it is what comes next. */
    public boolean takeText(String text) {
        int end = at + text.length();
        boolean here = end <= line().length && ascii(at, end).equalsIgnoreCase(text);
        at = here ? end : at;
        return here;
    }

    /** Whether this text, in any case, is what comes next. */
    public boolean peekText(String text) {
        int end = at + text.length();
        return end <= line().length && ascii(at, end).equalsIgnoreCase(text);
    }

    /** An error that names what should stand here. */
    public BadSyntax expected(String what) {
        int next = peek();
        var found = switch (next) {
            case -1 -> "the line ends";
            case ' ' -> "there is a space";
            case '\b', 0x7F -> "there is a backspace";
            default -> next > ' ' && next < 0x7F ? "there is \"" + (char) next + "\"" : "there is something else";
        };
        int column = at + 1;
        for (int i = 0; i < part; i++) {
            column += frame.lines().get(i).length;
        }
        return new BadSyntax("Expected " + what + " at column " + column + ", where " + found);
    }

    // Words

    /** The tag of a command (RFC 9051 §9: ASTRING-CHAR except "+"). */
    public String tag() throws BadSyntax {
        int start = at;
        while (!atEnd() && isTagCharacter(peek())) {
            at++;
        }
        if (at == start) {
            throw expected("a tag");
        }
        return ascii(start, at);
    }

    static boolean isTag(String text) {
        return text.chars().allMatch(Arguments::isTagCharacter);
    }

    public String atom(String what) throws BadSyntax {
        int start = at;
        while (!atEnd() && isAtom(peek())) {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return ascii(start, at);
    }

    /** An atom in capitals: a command, an item, a key. */
    public String word(String what) throws BadSyntax {
        return atom(what).toUpperCase(Locale.ROOT);
    }

    /** A response of SASL, to the end of the line; whether it is base64 shows when it is decoded. */
    public String base64(String what) throws BadSyntax {
        int start = at;
        while (isAlphanumeric(peek()) || peek() == '+' || peek() == '/' || peek() == '=') {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return ascii(start, at);
    }

    /** Letters, digits, dots and hyphens in capitals: a FETCH item, which a "[" may follow at once. */
    public String item(String what) throws BadSyntax {
        int start = at;
        while (isAlphanumeric(peek()) || peek() == '.' || peek() == '-') {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return ascii(start, at).toUpperCase(Locale.ROOT);
    }

    /** 32 bits, without a sign. */
    public long number(String what) throws BadSyntax {
        return number(what, 0xFFFF_FFFFL);
    }

    /** 63 bits (RFC 9051 §9: number64). */
    public long number64(String what) throws BadSyntax {
        return number(what, Long.MAX_VALUE);
    }

    private long number(String what, long most) throws BadSyntax {
        int start = at;
        long value = 0;
        while (isDigit(peek())) {
            int digit = peek() - '0';
            if (value > (most - digit) / 10) {
                at = start;
                throw expected(what + " of at most " + most);
            }
            value = value * 10 + digit;
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return value;
    }

    static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    // Strings

    public String astring(String what) throws BadSyntax {
        return utf8(astringOctets(what));
    }

    /** The octets of an atom (with "]", RFC 9051 §9), a quoted string or a literal, for a charset that is known elsewhere. */
    public byte[] astringOctets(String what) throws BadSyntax {
        return atString() ? stringOctets(what) : bare(what, false);
    }

    /** As in LIST: wildcards need no quotes. */
    public String listMailbox() throws BadSyntax {
        return utf8(atString() ? stringOctets("a mailbox pattern") : bare("a mailbox pattern", true));
    }

    public String string(String what) throws BadSyntax {
        return utf8(stringOctets(what));
    }

    /** A string, or an empty one for NIL. */
    public String nstring(String what) throws BadSyntax {
        return takeWord("NIL") ? "" : string(what);
    }

    private boolean atString() {
        return peek() == '"' || peek() == '{';
    }

    private byte[] bare(String what, boolean wildcards) throws BadSyntax {
        int start = at;
        while (!atEnd() && (isAtom(peek()) || peek() == ']' || peek() > 0x7F || (wildcards && isWildcard(peek())))) {
            at++;
        }
        if (at == start) {
            throw expected(what);
        }
        return Arrays.copyOfRange(line(), start, at);
    }

    private byte[] stringOctets(String what) throws BadSyntax {
        return switch (peek()) {
            case '"' -> quoted();
            case '{' -> small(literal(what));
            default -> throw expected(what);
        };
    }

    private byte[] quoted() throws BadSyntax {
        at++;
        var octets = ByteBuffer.allocate(line().length - at);
        while (peek() != '"') {
            // RFC 9051 §9: only the quote and the backslash itself are escaped.
            if (take('\\') && peek() != '"' && peek() != '\\') {
                throw expected("a quote or backslash after the backslash");
            }
            if (atEnd() || peek() == 0) {
                throw expected("a closing quote");
            }
            octets.put(line()[at++]);
        }
        at++;
        return Arrays.copyOf(octets.array(), octets.position());
    }

    private static byte[] small(Spool literal) throws BadSyntax {
        if (!literal.inMemory()) {
            throw new BadSyntax("A literal of " + literal.size() + " octets can only be a message");
        }
        return literal.octets();
    }

    /** Whether a literal of binary octets comes next (RFC 3516 §4.4). */
    public boolean atBinary() {
        return peek() == '~' && at + 1 < line().length && line()[at + 1] == '{';
    }

    /** The literal that is announced here. */
    public Spool literal(String what) throws BadSyntax {
        // The framer found the announcement at the end of the line; a brace anywhere else announces nothing.
        if (peek() != '{' || part >= frame.literals().size() || indexOf('}') != line().length - 1) {
            throw expected(what);
        }
        at = 0;
        return frame.literals().get(part++);
    }

    private int indexOf(char wanted) {
        int found = at;
        while (found < line().length && line()[found] != wanted) {
            found++;
        }
        return found;
    }

    private String utf8(byte[] octets) throws BadSyntax {
        return decode(octets, StandardCharsets.UTF_8);
    }

    /** Text in this charset, or a complaint. */
    public static String decode(byte[] octets, Charset charset) throws BadSyntax {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new BadSyntax("A string is not " + charset.name());
        }
    }

    // What IMAP builds from them

    /** A mailbox name, from modified UTF-7 to what it means (RFC 3501 §5.1.3). */
    public String mailbox() throws BadSyntax {
        return MailboxName.read(astring("a mailbox name"), utf8Names);
    }

    /** A mailbox name, and how the client spelled it. */
    public SuppliedName suppliedMailbox() throws BadSyntax {
        var wire = astring("a mailbox name");
        return new SuppliedName(MailboxName.read(wire, utf8Names), MailboxName.withoutDelimiter(wire));
    }

    /** Whether mailbox names are UTF-8. */
    public boolean utf8Names() {
        return utf8Names;
    }

    public SequenceSet sequenceSet() throws BadSyntax {
        return SequenceSet.read(this);
    }

    /** One flag, with its backslash where it is a system flag. */
    public String flag() throws BadSyntax {
        return take('\\') ? "\\" + atom("a flag") : atom("a flag");
    }

    /** Flags in parentheses, perhaps none. */
    public List<String> flags() throws BadSyntax {
        expect('(');
        var flags = new ArrayList<String>();
        while (!take(')')) {
            if (!flags.isEmpty()) {
                space();
            }
            flags.add(flag());
        }
        return flags;
    }

    // Under the hood

    private byte[] line() {
        return frame.lines().get(part);
    }

    private String ascii(int from, int to) {
        return new String(line(), from, to - from, StandardCharsets.US_ASCII);
    }

    /** RFC 9051 §9: atom-char; "]" is none of these, as in resp-specials. */
    static boolean isAtom(int character) {
        return character > ' '
                && character < 0x7F
                && character != '('
                && character != ')'
                && character != '{'
                && character != '"'
                && character != '\\'
                && character != ']'
                && !isWildcard(character);
    }

    private static boolean isTagCharacter(int character) {
        return character != '+' && (isAtom(character) || character == ']');
    }

    private static boolean isAlphanumeric(int character) {
        return character < 0x7F && Character.isLetterOrDigit(character);
    }

    static boolean isWildcard(int character) {
        return character == '%' || character == '*';
    }
}
