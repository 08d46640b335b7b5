package org.mailroom.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.util.StaticUtils;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts.Person;

/** Reads people and groups from their entries, as the mapping says. What is there is somebody else's: all of it may be odd. */
final class EntryReader {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_ADDRESSES = 200;
    private static final Pattern INTERVALS = Pattern.compile("[0-9]{1,19}");
    private static final long INTERVALS_IN_MS = 10_000;
    private static final Instant SINCE_1601 = Instant.parse("1601-01-01T00:00:00Z");
    private static final Pattern QUOTA = Pattern.compile("([0-9]{1,15}) *([kKmMgG]?)[bB]?");

    private final Mapping mapping;
    private final List<String> domains;

    EntryReader(Mapping mapping, List<String> domains) {
        this.mapping = mapping;
        this.domains = domains;
    }

    /** Empty where somebody has no address in a domain of ours, or nothing by which he is known again. */
    Optional<Person> person(Entry entry) {
        var id = id(entry);
        var addresses = addresses(entry);
        if (id.isEmpty() || addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Person(
                id,
                entry.getDN(),
                addresses,
                first(entry, "name"),
                quota(entry),
                isDisabled(entry) || isExpired(entry, Instant.now()),
                null));
    }

    /** What he may type as his name: as it stands there, completed by our domains and the endings of logins where it has none. */
    List<String> logins(Entry entry) {
        var logins = new ArrayList<String>();
        for (var value : values(entry, "login")) {
            if (value.contains("@")) {
                logins.add(value.toLowerCase(Locale.ROOT));
            } else {
                Stream.concat(domains.stream(), mapping.loginDomains().stream())
                        .forEach(domain -> logins.add(value.toLowerCase(Locale.ROOT) + "@" + domain));
            }
        }
        return logins;
    }

    /** His own first. */
    List<MailAddress> addresses(Entry entry) {
        var found = new ArrayList<>(addresses(entry, "addresses"));
        if (found.isEmpty()) {
            // Somebody without any has the one of his name, where that is clear.
            for (var login : logins(entry)) {
                if (login.contains("@") && domains.size() == 1) {
                    ours(login).ifPresent(found::add);
                }
            }
        }
        return found.stream().distinct().limit(MOST_ADDRESSES).toList();
    }

    /** The address of a group; null where it has none in a domain of ours. */
    @Nullable
    MailAddress groupAddress(Entry entry) {
        return addresses(entry, "group-address").stream().findFirst().orElse(null);
    }

    private List<MailAddress> addresses(Entry entry, String what) {
        var own = new LinkedHashSet<MailAddress>();
        var others = new LinkedHashSet<MailAddress>();
        for (var value : values(entry, what)) {
            // Active Directory marks addresses by kind, and the one that is shown by capitals.
            if (value.regionMatches(true, 0, "smtp:", 0, 5)) {
                ours(value.substring(5)).ifPresent(value.startsWith("SMTP:") ? own::add : others::add);
            } else {
                ours(value).ifPresent(others::add);
            }
        }
        own.addAll(others);
        return List.copyOf(own);
    }

    private Optional<MailAddress> ours(String text) {
        try {
            var address = MailAddress.parseOurs(text);
            return domains.contains(address.domain()) ? Optional.of(address) : Optional.empty();
        } catch (BadAddress e) {
            return Optional.empty();
        }
    }

    String groupName(Entry entry) {
        return first(entry, "group-name");
    }

    private String first(Entry entry, String what) {
        var name = values(entry, what).stream()
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private @Nullable Long quota(Entry entry) {
        var match = QUOTA.matcher(values(entry, "quota").stream().findFirst().orElse(""));
        if (!match.matches()) {
            return null;
        }
        long unit = switch (match.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            default -> 1;
        };
        long number = Long.parseLong(match.group(1));
        return number == 0 || number > Long.MAX_VALUE / unit ? null : Long.valueOf(number * unit);
    }

    private boolean isDisabled(Entry entry) {
        var disabled = mapping.disabled();
        if (disabled == null || !entry.hasAttribute(disabled.attribute())) {
            return false;
        }
        if (disabled.bits() != 0) {
            var flags = entry.getAttributeValueAsLong(disabled.attribute());
            return flags != null && (flags & disabled.bits()) != 0;
        }
        return disabled.value().equals("*")
                || List.of(entry.getAttributeValues(disabled.attribute())).stream()
                        .anyMatch(value -> value.equalsIgnoreCase(disabled.value()));
    }

    /** MS-ADTS §2.2.16 and MS-ADA1 (accountExpires): 0 and the largest number mean never; or generalized time (RFC 4517 §3.3.13). */
    boolean isExpired(Entry entry, Instant now) {
        var value =
                values(entry, "expires").stream().findFirst().map(String::strip).orElse("");
        try {
            if (INTERVALS.matcher(value).matches()) {
                long intervals = Long.parseLong(value);
                return intervals != 0 && intervals / INTERVALS_IN_MS < now.toEpochMilli() - SINCE_1601.toEpochMilli();
            }
            return !value.isEmpty()
                    && StaticUtils.decodeGeneralizedTime(value).toInstant().isBefore(now);
        } catch (ParseException | NumberFormatException e) {
            return false;
        }
    }

    private String id(Entry entry) {
        return mapping.attributes("id").stream()
                .map(entry::getAttribute)
                .filter(attribute -> attribute != null)
                .findFirst()
                .map(EntryReader::printable)
                .orElse("");
    }

    /** objectGUID is sixteen octets. */
    private static String printable(Attribute attribute) {
        var octets = attribute.getValueByteArray();
        var text = attribute.getValue();
        if (octets == null || text == null) {
            return "";
        }
        boolean plain = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).equals(ByteBuffer.wrap(octets))
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return plain ? text : HexFormat.of().formatHex(octets);
    }

    private List<String> values(Entry entry, String what) {
        var values = new ArrayList<String>();
        for (var attribute : mapping.attributes(what)) {
            var found = entry.getAttributeValues(attribute);
            if (found != null) {
                values.addAll(List.of(found));
            }
        }
        return values;
    }
}
