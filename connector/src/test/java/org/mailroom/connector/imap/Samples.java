package org.mailroom.connector.imap;

/** Messages that conversations name. */
final class Samples {
    private Samples() {}

    static String named(String name) {
        return switch (name) {
            case "plain" -> ImapFixture.MESSAGE;
            case "mixed" -> MIXED;
            case "nested" -> NESTED;
            case "multi-in-nested" -> MULTI_IN_NESTED;
            case "folded" -> FOLDED;
            case "nul" -> "Subject: a\0b\n\nc\0d\n";
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static final String MIXED = """
            From: Alice <alice@here.example>
            To: Bob <bob@here.example>
            Subject: two parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="cut"

            preamble
            --cut
            Content-Type: text/plain; charset=utf-8

            first
            --cut
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64
            X-Part: second

            PHA+
            --cut--
            """;

    private static final String NESTED = """
            From: carol@there.example
            Subject: Fwd: inner
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="out"

            --out
            Content-Type: text/plain

            see below
            --out
            Content-Type: message/rfc822

            From: dave@there.example
            Subject: inner
            Content-Type: text/plain

            inner text
            --out--
            """;

    private static final String MULTI_IN_NESTED = """
            From: carol@there.example
            Subject: Fwd: inner parts
            MIME-Version: 1.0
            Content-Type: message/rfc822

            From: dave@there.example
            Subject: inner parts
            Content-Type: multipart/alternative; boundary="alt"

            --alt
            Content-Type: text/plain

            plain
            --alt
            Content-Type: text/html

            <p>html
            --alt--
            """;

    private static final String FOLDED = """
            From: alice@here.example
            Subject: a subject
             that is folded
            X-Long: 1
            \t2
            subject: again
            Message-ID: <1@here.example>

            body
            """;
}
