package org.mailroom.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.DomainPattern;
import org.mailroom.directory.RouteTarget;
import org.mailroom.ldap.BadSource;
import org.mailroom.ldap.Mapping;
import org.mailroom.maildrop.Expire;

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
    /** Whose mail a rule or a route is about. */
    PATTERN("a domain, *.domain or *"),
    /** Whose policy it is. */
    OWNER("a domain or an address of ours"),
    /** Whose limits they are; those of accounts are fields of accounts. */
    HOLDER("a domain or a tenant"),
    /** When POP3 lets go of a message. */
    EXPIRY("never, on-fetch, 14-days-after-fetch or 90-days, or other days"),
    /** Lines of attributes in a directory. */
    MAPPING("lines such as login = uid"),
    /** Who gives certificates. */
    AUTHORITY("a URL such as https://acme-v02.api.letsencrypt.org/directory"),
    /** How long something takes; null: a wider rule says it. */
    TIME("a time such as PT5M, PT4H or P5D"),
    /** Null: never. */
    INSTANT("a time such as 2027-01-31T00:00:00Z"),
    TRUTH("true or false"),
    /** Null lifts a limit. */
    NUMBER("a whole number"),
    /** Null leaves it where it is. */
    RANK("a whole number"),
    /** Their order counts. */
    TEXTS("a list of texts"),
    ADDRESSES("a list of addresses"),
    /** Of an account; postmaster and abuse stay with whoever has them until somebody else is named. */
    ALIASES("a list of addresses of ours"),
    DOMAINS("a list of domains"),
    /** Of hosts; none leaves them as they are. */
    NAMES("a list of names such as mail.example.org"),
    /** Of a shared mailbox: who, with which rights, and how he sends. */
    MEMBERS("a list of texts such as ann@example.test work no");

    private final String words;

    StateField(String words) {
        this.words = words;
    }

    /** For the description of the API: text, truth, number or texts. */
    public String shape() {
        return switch (this) {
            case TEXT,
                    WORD,
                    OWN,
                    ADDRESS,
                    DOMAIN,
                    HOSTS,
                    PATTERN,
                    OWNER,
                    HOLDER,
                    EXPIRY,
                    MAPPING,
                    AUTHORITY,
                    TIME,
                    INSTANT -> "text";
            case TRUTH -> "truth";
            case NUMBER, RANK -> "number";
            case TEXTS, ADDRESSES, ALIASES, DOMAINS, NAMES, MEMBERS -> "texts";
        };
    }

    /** @param where named in the refusal, as {@code accounts[3].aliases} */
    @Nullable
    Object read(JsonValue value, String where) throws AdminException {
        if (value == JsonValue.NULL) {
            return this == TEXT || this == HOSTS ? "" : null;
        }
        return switch (this) {
            case TEXT -> text(value, where).strip();
            case WORD -> text(value, where).strip().toLowerCase(Locale.ROOT);
            case OWN -> Texts.address(text(value, where)).toString();
            case ADDRESS -> text(value, where).isBlank() ? null : Texts.anyAddress(text(value, where));
            case DOMAIN ->
                text(value, where).isBlank()
                        ? null
                        : Texts.domain(text(value, where)).name();
            case HOSTS -> formal(text(value, where).strip(), where);
            case PATTERN, OWNER, HOLDER, EXPIRY, MAPPING, AUTHORITY, TIME, INSTANT ->
                text(value, where).isBlank() ? null : formal(text(value, where).strip(), where);
            case TRUTH -> truth(value, where);
            case NUMBER, RANK -> number(value, where);
            case TEXTS -> List.copyOf(texts(value, where));
            case ADDRESSES -> sorted(value, where, Texts::anyAddress);
            case ALIASES -> sorted(value, where, text -> Texts.address(text).toString());
            case DOMAINS -> sorted(value, where, text -> Texts.domain(text).name());
            case NAMES -> sorted(value, where, AcmeAdmin::name);
            case MEMBERS -> sorted(value, where, text -> member(text, where));
        };
    }

    /** The one way of several to write the same. */
    private String formal(String text, String where) throws AdminException {
        try {
            return switch (this) {
                case HOSTS ->
                    RouteTarget.parseAll(text).stream()
                            .map(RouteTarget::toString)
                            .collect(Collectors.joining(" "));
                case PATTERN -> DomainPattern.parse(text).text();
                case OWNER ->
                    text.contains("@")
                            ? Texts.address(text).toString()
                            : Texts.domain(text).name();
                case HOLDER -> holder(text, where);
                case EXPIRY ->
                    Expire.parse(text.toLowerCase(Locale.ROOT))
                            .orElseThrow(() -> wrong(where))
                            .toString();
                case MAPPING -> Mapping.parse(text).text();
                case AUTHORITY -> AcmeAdmin.url(text);
                case TIME -> Duration.parse(text).toString();
                case INSTANT -> Texts.time(text).truncatedTo(ChronoUnit.MICROS).toString();
                default -> text;
            };
        } catch (DateTimeException e) {
            throw wrong(where);
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        } catch (BadSource e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    private String holder(String text, String where) throws AdminException {
        if (text.contains("@")) {
            throw wrong(where);
        }
        return text.contains(".") ? Texts.domain(text).name() : text.toLowerCase(Locale.ROOT);
    }

    private String member(String text, String where) throws AdminException {
        var words = text.strip().split("\\s+");
        if (text.isBlank() || words.length > 3) {
            throw wrong(where);
        }
        return SharedMailboxMember.checked(
                        words[0], words.length > 1 ? words[1] : "work", words.length > 2 ? words[2] : "no")
                .line();
    }

    /** What is really wished, given what is there. */
    @Nullable
    Object settled(@Nullable Object wanted, @Nullable Object present) {
        boolean nothing =
                this == RANK && wanted == null || this == NAMES && List.of().equals(wanted);
        if (nothing && present != null) {
            return present;
        }
        if (this != ALIASES || !(wanted instanceof List<?> list) || !(present instanceof List<?> there)) {
            return wanted;
        }
        var all = new TreeSet<String>();
        list.forEach(alias -> all.add(alias.toString()));
        there.stream().map(Object::toString).filter(NewDomain::isRequired).forEach(all::add);
        return List.copyOf(all);
    }

    private interface Form {
        String of(String text) throws AdminException;
    }

    private List<String> sorted(JsonValue value, String where, Form form) throws AdminException {
        var sorted = new TreeSet<String>();
        for (var text : texts(value, where)) {
            sorted.add(form.of(text));
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
                && number.bigIntegerValue().bitLength() <= 63) {
            return number.longValue();
        }
        throw wrong(where);
    }

    private AdminException wrong(String where) {
        return new AdminException(Kind.INVALID, where + " is " + words);
    }
}
