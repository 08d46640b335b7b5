package org.mailroom.queue;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.Languages;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/** What the house itself writes to its users, in their language; nobody's program answers it. */
@ApplicationScoped
public class HouseMail {
    private static final String BUNDLE = "org.mailroom.queue.letters";
    private static final int LONGEST_SUBJECT = 200;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Languages languages;

    @Inject
    private Trace trace;

    private String hostname = "localhost";

    @PostConstruct
    void configure() {
        hostname = HostName.of(Settings.current());
    }

    /**
     * Sends one letter through the queue, in the caller's transaction.
     *
     * @param key of its text: {@code key.subject} and {@code key.text} of the bundle
     * @param enclosed a message to look at, or null
     * @param gaps of the text, which may come from strangers
     */
    public void send(String to, String key, @Nullable MessageSource enclosed, Object... gaps) {
        var queueId = QueueId.next();
        var octets = MessageSource.of(octets(queueId, to, key, enclosed, gaps));
        var envelope = new Envelope("", Map.of("BODY", "8BITMIME"), List.of(Envelope.Recipient.of(to)));
        queue.submit(queueId, messages.keep(queueId, MessageParser.parse(octets), octets), envelope);
        trace.write(List.of(
                TraceStep.of(Kind.RECEIVED, queueId, "", to).rule("mailroom").detail(key)));
    }

    private byte[] octets(String queueId, String to, String key, @Nullable MessageSource enclosed, Object... gaps) {
        var locale = languages.of(to);
        var subject = OneLine.of(text(locale, key + ".subject", gaps), LONGEST_SUBJECT);
        var header = new ReportText();
        header.line("Return-Path: <>");
        header.line("Date: " + ReportText.date(Instant.now()));
        header.line("From: Mailroom <postmaster@" + hostname + ">");
        header.field("To", "<" + ReportText.token(to) + ">");
        header.line("Subject: "
                + EncoderUtil.encodeIfNecessary(subject, EncoderUtil.Usage.TEXT_TOKEN, 9)
                        .replace("?= =?", "?=\r\n =?"));
        header.line("Message-ID: <" + queueId + "@" + hostname + ">");
        // RFC 3834 §5
        header.line("Auto-Submitted: auto-generated");
        header.line("Content-Language: " + locale.getLanguage());
        header.line("MIME-Version: 1.0");
        var body = new ReportText();
        text(locale, key + ".text", gaps).lines().forEach(body::wrapped);
        return enclosed == null ? plain(header, body) : with(enclosed, header, body, "letter_" + queueId);
    }

    private static byte[] plain(ReportText header, ReportText body) {
        header.line("Content-Type: text/plain; charset=utf-8");
        header.line("Content-Transfer-Encoding: 8bit");
        header.line("");
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(header.octets());
        octets.writeBytes(body.octets());
        return octets.toByteArray();
    }

    private static byte[] with(MessageSource enclosed, ReportText header, ReportText body, String boundary) {
        header.line("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
        header.line("Content-Transfer-Encoding: 8bit");
        header.line("");
        header.line("--" + boundary);
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(plain(header, body));
        var between = new ReportText();
        between.line("");
        between.line("--" + boundary);
        between.line("Content-Type: message/rfc822");
        between.line("Content-Transfer-Encoding: 8bit");
        between.line("");
        octets.writeBytes(between.octets());
        try (var in = enclosed.open()) {
            in.transferTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        octets.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return octets.toByteArray();
    }

    private static String text(Locale locale, String key, Object... gaps) {
        var bundle = ResourceBundle.getBundle(
                BUNDLE,
                locale,
                HouseMail.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var harmless = Arrays.stream(gaps)
                .map(gap -> gap instanceof String text ? OneLine.of(text, LONGEST_SUBJECT) : gap)
                .toArray();
        return new MessageFormat(bundle.getString(key), locale).format(harmless);
    }
}
