package org.mailroom.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.MessageSource;
import org.mailroom.policy.Edits;

class EditedTest {
    private static final byte[] LINES = "Received: by us\r\n".getBytes(StandardCharsets.US_ASCII);

    private static String edited(String message, Edits edits) throws Exception {
        var source = Edited.of(LINES, MessageSource.of(message.getBytes(StandardCharsets.ISO_8859_1)), edits);
        try (var in = source.open()) {
            var octets = in.readAllBytes();
            assertThat(source.size()).isEqualTo(octets.length);
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void what_pretends_to_be_ours_goes_with_its_folds_and_the_rest_stays_as_it_is() throws Exception {
        var message = "Subject: \u00e4\r\nAuthentication-Results: us.test;\r\n\tspf=pass\r\nX: y\r\n"
                + "authentication-results : other.test; spf=pass\r\n\r\nAuthentication-Results: us.test\r\n";
        var edits = new Edits(
                List.of("Authentication-Results: us.test; none\r\n"),
                List.of(new Edits.Removal("Authentication-Results", value -> value.startsWith("us.test"))));
        assertThat(edited(message, edits))
                .isEqualTo("Received: by us\r\nAuthentication-Results: us.test; none\r\nSubject: \u00e4\r\nX: y\r\n"
                        + "authentication-results : other.test; spf=pass\r\n\r\nAuthentication-Results: us.test\r\n");
    }

    @Test
    void a_line_that_is_no_field_hides_none() throws Exception {
        assertThat(edited(
                        "no field\r\nSpam: x\r\nSubject: y\r\n\r\n",
                        new Edits(List.of(), List.of(Edits.Removal.of("Spam")))))
                .isEqualTo("Received: by us\r\nno field\r\nSubject: y\r\n\r\n");
    }

    @Test
    void what_has_no_header_keeps_its_body() throws Exception {
        for (var message : List.of("", "\r\nSpam: x\r\n", "no colon", "Spam: x")) {
            assertThat(edited(message, new Edits(List.of(), List.of(Edits.Removal.of("Spam")))))
                    .isEqualTo("Received: by us\r\n" + (message.equals("Spam: x") ? "" : message));
        }
    }
}
