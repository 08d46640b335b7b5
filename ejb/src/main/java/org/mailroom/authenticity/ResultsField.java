package org.mailroom.authenticity;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailroom.policy.Edits;

/** Authentication-Results (RFC 8601): the fields of a message that bear the name of one host. */
public final class ResultsField {
    static final String NAME = "authentication-results";

    private ResultsField() {}

    /** What the host found, in one line and with its name first; empty where it left no word. */
    static Optional<String> of(Header header, String host) {
        var found = of(header.fields(), host).stream()
                .map(field -> field.unfolded().replaceFirst("^[^;]*;?\\s*", ""))
                .map(results -> results.replaceFirst(";\\s*$", ""))
                .filter(results -> !results.isEmpty())
                .collect(Collectors.joining("; "));
        return found.isEmpty() ? Optional.empty() : Optional.of(host + "; " + found);
    }

    /** What one method came to, by a field in one line; in comments and quotes anything may stand. */
    static Optional<Result> result(String results, String method) {
        var found = Pattern.compile(";\\s*" + method + "\\s*=\\s*([a-z]+)", Pattern.CASE_INSENSITIVE)
                .matcher(Plain.of(results));
        return found.find() ? Result.of(found.group(1)) : Optional.empty();
    }

    static List<Field> of(List<Field> fields, String host) {
        return fields.stream()
                .filter(field -> field.name().equals(NAME) && isOf(field.value(), host))
                .toList();
    }

    /** Those that came with a message and bear our name (RFC 8601 §5). */
    public static Edits.Removal pretending(String hostname) {
        return new Edits.Removal(NAME, value -> isOf(value, hostname));
    }

    /** RFC 8601 §2.2: the name comes first, perhaps with a version, comments, or quotes around it. */
    static boolean isOf(String value, String host) {
        var text = Plain.of(value.replace("\"", "")).replace("\\", "").strip();
        var name = text.split("[\\s;]", 2)[0];
        return name.equalsIgnoreCase(host);
    }
}
