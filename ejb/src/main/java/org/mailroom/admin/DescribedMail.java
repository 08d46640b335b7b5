package org.mailroom.admin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as somebody describes it, to ask which rule would match. Whatever is null is not said.
 *
 * @param address of the client
 * @param tls yes or no
 * @param role smtp, submission or lmtp
 * @param header fields by name
 * @param attachments names of files
 * @param facts what policies would find out, such as {@code spf} is {@code fail}
 */
public record DescribedMail(
        @Nullable String address,
        @Nullable String helo,
        @Nullable String tls,
        @Nullable String role,
        @Nullable String login,
        @Nullable String sender,
        @Nullable List<String> recipients,
        @Nullable Long size,
        Map<String, String> header,
        @Nullable List<String> attachments,
        Map<String, String> facts) {}
