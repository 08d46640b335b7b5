package org.mailroom.rules;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message when its rules are asked: all at the final dot, less before it, and of past mail what the trace
 * kept. Whatever is null is not known; an empty text or list is known to be empty.
 *
 * @param tls yes or no
 * @param role smtp, submission or lmtp
 * @param login the address that logged in, empty where nobody did
 * @param header values of all fields of a name; null for a name of which nothing is known
 * @param attachments names of files
 * @param types media types of all parts
 * @param fact what a policy found out
 */
public record Seen(
        @Nullable InetAddress address,
        @Nullable String helo,
        @Nullable String tls,
        @Nullable String role,
        @Nullable String login,
        @Nullable String sender,
        @Nullable List<String> recipients,
        @Nullable Long size,
        Function<String, @Nullable List<String>> header,
        Supplier<@Nullable List<String>> attachments,
        Supplier<@Nullable List<String>> types,
        Function<String, Optional<String>> fact) {}
