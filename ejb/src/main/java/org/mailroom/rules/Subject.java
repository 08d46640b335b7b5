package org.mailroom.rules;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is about.
 *
 * @param name of the header field or of the fact; otherwise empty
 */
record Subject(Kind kind, String name) {
    enum Kind {
        NETWORK(Step.CONNECTION),
        HELO(Step.CONNECTION),
        ROLE(Step.CONNECTION),
        // Known at the greeting, but STARTTLS and AUTH may yet follow.
        TLS(Step.SENDER),
        LOGIN(Step.SENDER),
        SENDER(Step.SENDER),
        RECIPIENT(Step.RECIPIENT),
        SIZE(Step.CONTENT),
        HEADER(Step.CONTENT),
        ATTACHMENT(Step.CONTENT),
        TYPE(Step.CONTENT),
        FACT(Step.CONTENT);

        final Step step;

        Kind(Step step) {
            this.step = step;
        }
    }

    static Subject parse(String text) throws BadRule {
        int colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        var name = colon < 0 ? "" : text.substring(colon + 1);
        for (var kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(word)) {
                boolean named = kind == Kind.HEADER || kind == Kind.FACT;
                if (named == name.isEmpty()) {
                    throw new BadRule(named ? word + " needs a name, as in " + word + ":name" : word + " has no name");
                }
                return new Subject(kind, name.toLowerCase(Locale.ROOT));
            }
        }
        throw new BadRule("\"" + text + "\" is none of network, helo, role, tls, login, sender, recipient, size, "
                + "header:NAME, attachment, type, fact:NAME");
    }

    /** The texts that a pattern is held against; null where they are not known. */
    @Nullable
    List<String> texts(Seen seen) {
        return switch (kind) {
            case NETWORK ->
                seen.address() == null ? null : List.of(seen.address().getHostAddress());
            case HELO -> one(seen.helo());
            case ROLE -> one(seen.role());
            case TLS -> one(seen.tls());
            case LOGIN -> one(seen.login());
            case SENDER -> one(seen.sender());
            case RECIPIENT -> seen.recipients();
            case SIZE -> seen.size() == null ? null : List.of(String.valueOf(seen.size()));
            case HEADER -> seen.header().apply(name);
            case ATTACHMENT -> seen.attachments().get();
            case TYPE -> seen.types().get();
            case FACT -> seen.fact().apply(name).map(List::of).orElse(List.of());
        };
    }

    private static @Nullable List<String> one(@Nullable String text) {
        return text == null ? null : List.of(text);
    }

    @Override
    public String toString() {
        var word = kind.name().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? word : word + ":" + name;
    }
}
