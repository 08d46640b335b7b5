package org.mailroom.system;

import static org.mailroom.system.Eventually.eventually;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Who is told by letter that a store fills. The server looks every five minutes: a campaign. */
@EnabledIfSystemProperty(named = "mailroom.long", matches = "true")
class FillingStoresIT {
    private static final Mailroom SERVER = Mailroom.server();

    /** Two looks, and what the letter takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(11);

    @Test
    void a_letter_comes_at_each_mark() throws Exception {
        var ann = SERVER.account("filling-ann");
        SERVER.run("limit", "set", ann, "--storage", "1m");
        fill(ann, 82);
        eventually("a letter tells of 80 percent", PATIENCE, () -> letters(ann) == 1);
        fill(ann, 14);
        eventually("another tells of 95 percent", PATIENCE, () -> letters(ann) == 2);
    }

    /** @param percent of 1,000,000 octets */
    private static void fill(String address, int percent) throws Exception {
        var text = "x".repeat(78).concat("\r\n").repeat(123);
        for (int i = 0; i < percent; i++) {
            Smtp.deliver(SERVER.port("smtp"), address, "From: <stranger@there.test>\r\nSubject: bulk\r\n\r\n" + text);
        }
    }

    private static long letters(String address) throws MessagingException {
        try (var store = new MailClient(address).imap(MailClient.Security.NONE)) {
            return Arrays.stream(MailClient.inbox(store).getMessages())
                    .filter(message -> !subject(message).equals("bulk"))
                    .count();
        }
    }

    private static String subject(jakarta.mail.Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
