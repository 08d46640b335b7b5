package org.mailroom.connector.pop3;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.connector.conversation.Conversation;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** The dialogues of conversations/pop3, each with a house of its own. */
@Timeout(60)
class Pop3ConversationTest {
    static List<String> scripts() {
        return Conversation.in("pop3");
    }

    static List<String> scriptsInTheClear() {
        return Conversation.in("pop3-in-the-clear");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void conversation_is_as_written(String script) throws Exception {
        play(script, PlaintextLogin.LOOPBACK);
    }

    @ParameterizedTest
    @MethodSource("scriptsInTheClear")
    void conversation_without_passwords_in_the_clear_is_as_written(String script) throws Exception {
        play(script, PlaintextLogin.NEVER);
    }

    private void play(String script, PlaintextLogin plaintext) throws Exception {
        try (var pop3 = new TestPop3(plaintext)) {
            new Conversation(pop3.address())
                    .with("expunge", uid -> pop3.expunge(Long.parseLong(uid)))
                    .with("deliver", nothing -> pop3.store.deliver(pop3.alice, "Subject: meanwhile\n\nhi\n"))
                    .with("deliver-utf8", nothing -> pop3.deliverInternationalised())
                    .with("shown", uids -> pop3.show(uids))
                    .with("terms", terms -> pop3.terms(terms))
                    .with(
                            "fetched",
                            uids -> Until.isTrue(
                                    () -> pop3.maildrops.fetched.toString().equals(uids), Duration.ofSeconds(10)))
                    .with("unlocked", nothing -> Until.isTrue(pop3::isFree, Duration.ofSeconds(10)))
                    .play(script);
        }
    }
}
