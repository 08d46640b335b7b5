package org.mailroom.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.policy.Header;
import org.mailroom.policy.Question;

/** The questions of the chain as rules see them. */
final class Views {
    private static final Function<String, @Nullable List<String>> NO_HEADER = name -> null;
    private static final Supplier<@Nullable List<String>> NO_PARTS = () -> null;

    private Views() {}

    static Seen of(Question.Connection question) {
        return before(question, null, null);
    }

    static Seen of(Question.Sender question) {
        return before(question, question.envelope().reversePath(), null);
    }

    static Seen of(Question.Recipient question) {
        return before(
                question,
                question.envelope().reversePath(),
                List.of(question.recipient().address()));
    }

    /** As if it were for one of its recipients only. */
    static Seen of(Question.Content question, String recipient) {
        return before(question, question.envelope().reversePath(), List.of(recipient));
    }

    private static Seen before(Question question, @Nullable String sender, @Nullable List<String> recipients) {
        return seen(question, sender, recipients, null, NO_HEADER, NO_PARTS, NO_PARTS);
    }

    static Seen of(Question.Content question) {
        // Read when a rule asks, and once.
        var header = once(question::header);
        var attachments = once(() -> Attachments.of(question.parsed().parts(), question.source()));
        return seen(
                question,
                question.envelope().reversePath(),
                question.envelope().recipients().stream()
                        .map(Envelope.Recipient::address)
                        .toList(),
                question.parsed().size(),
                name -> values(header.get(), name),
                () -> attachments.get().names(),
                () -> attachments.get().types());
    }

    private static List<String> values(Header header, String name) {
        return header.values(name).map(HeaderWords::decoded).toList();
    }

    private static Seen seen(
            Question question,
            @Nullable String sender,
            @Nullable List<String> recipients,
            @Nullable Long size,
            Function<String, @Nullable List<String>> header,
            Supplier<@Nullable List<String>> attachments,
            Supplier<@Nullable List<String>> types) {
        var client = question.client();
        return new Seen(
                client.address().getAddress(),
                client.helo(),
                client.tls() == null ? "no" : "yes",
                role(client),
                Optional.ofNullable(client.loginName()).orElse(""),
                sender,
                recipients,
                size,
                header,
                attachments,
                types,
                question.facts()::get);
    }

    private static String role(Client client) {
        return client.role().name().toLowerCase(Locale.ROOT);
    }

    private static <T> Supplier<T> once(Supplier<T> source) {
        return new Supplier<>() {
            private @Nullable T value;

            @Override
            public T get() {
                var known = value == null ? source.get() : value;
                value = known;
                return known;
            }
        };
    }
}
