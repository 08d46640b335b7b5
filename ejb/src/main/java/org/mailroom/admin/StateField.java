package org.mailroom.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;

/** How a field of the state is written in JSON, and the one form in which it is compared. */
public enum StateField {
    TEXT("a text"),
    /** Small letters. */
    WORD("a text"),
    /** Where an account, an alias or a group is. */
    OWN("an address of ours"),
    /** Of ours or of others. */
    ADDRESS("an address"),
    DOMAIN("a domain"),
    /** Where a route leads. */
    HOSTS("one or more of smtp://host:port"),
    TRUTH("true or false"),
    /** Null lifts a limit. */
    NUMBER("a whole number"),
    /** Their order counts. */
    TEXTS("a list of texts"),
    ADDRESSES("a list of addresses"),
    /** Of an account; postmaster and abuse stay with whoever has them until somebody else is named. */
    ALIASES("a list of addresses of ours"),
    DOMAINS("a list of domains");

    private final String words;

    StateField(String words) {
        this.words = words;
    }

    /** For the description of the API: text, truth, number or texts. */
    public String shape() {
        return switch (this) {
            case TEXT, WORD, OWN, ADDRESS, DOMAIN, HOSTS -> "text";
            case TRUTH -> "truth";
            case NUMBER -> "number";
            case TEXTS, ADDRESSES, ALIASES, DOMAINS -> "texts";
        };
    }

    /** @param where named in the refusal, as {@code accounts[3].aliases} */
    @Nullable
    Object read(JsonValue value, String where) throws AdminException {
        if (value == JsonValue.NULL) {
            return this == TEXT ? "" : null;
        }
        return switch (this) {
            case TEXT -> text(value, where).strip();
            case WORD -> text(value, where).strip().toLowerCase(Locale.ROOT);
            case OWN -> Texts.address(text(value, where)).toString();
            case HOSTS -> StateSections.hosts(text(value, where));
            case ADDRESS -> text(value, where).isBlank() ? null : Texts.anyAddress(text(value, where));
            case DOMAIN ->
                text(value, where).isBlank()
                        ? null
                        : Texts.domain(text(value, where)).name();
            case TRUTH -> truth(value, where);
            case NUMBER -> number(value, where);
            case TEXTS -> List.copyOf(texts(value, where));
            case ADDRESSES -> addresses(value, where);
            case ALIASES -> aliases(value, where);
            case DOMAINS -> domains(value, where);
        };
    }

    /** What is really wished, given what is there. */
    @Nullable
    Object settled(@Nullable Object wanted, @Nullable Object present) {
        if (this != ALIASES || !(wanted instanceof List<?> list) || !(present instanceof List<?> there)) {
            return wanted;
        }
        var all = new TreeSet<String>();
        list.forEach(alias -> all.add(alias.toString()));
        there.stream().map(Object::toString).filter(NewDomain::isRequired).forEach(all::add);
        return List.copyOf(all);
    }

    private List<String> aliases(JsonValue value, String where) throws AdminException {
        var sorted = new TreeSet<String>();
        for (var text : texts(value, where)) {
            sorted.add(Texts.address(text).toString());
        }
        return List.copyOf(sorted);
    }

    private List<String> addresses(JsonValue value, String where) throws AdminException {
        var sorted = new TreeSet<String>();
        for (var text : texts(value, where)) {
            sorted.add(Texts.anyAddress(text));
        }
        return List.copyOf(sorted);
    }

    private List<String> domains(JsonValue value, String where) throws AdminException {
        var sorted = new TreeSet<String>();
        for (var text : texts(value, where)) {
            sorted.add(Texts.domain(text).name());
        }
        return List.copyOf(sorted);
    }

    private List<String> texts(JsonValue value, String where) throws AdminException {
        if (!(value instanceof JsonArray array)) {
            throw wrong(where);
        }
        var texts = new ArrayList<String>();
        for (var one : array) {
            texts.add(text(one, where).strip());
        }
        return texts;
    }

    private String text(JsonValue value, String where) throws AdminException {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw wrong(where);
    }

    private Boolean truth(JsonValue value, String where) throws AdminException {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw wrong(where);
        };
    }

    private Long number(JsonValue value, String where) throws AdminException {
        if (value instanceof JsonNumber number
                && number.isIntegral()
                && number.bigIntegerValue().bitLength() < 63) {
            return number.longValue();
        }
        throw wrong(where);
    }

    private AdminException wrong(String where) {
        return new AdminException(Kind.INVALID, where + " is " + words);
    }
}
