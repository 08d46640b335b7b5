package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.system.Eventually.eventually;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rewrites, moderated groups and limits, as an administrator types them and others meet them. */
class AddressesAndLimitsIT {
    private static final Mailroom SERVER = Mailroom.server();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void a_domain_of_its_own() {
        SERVER.run("domain", "add", "rules.test");
    }

    private static void deliver(String to, String subject) throws Exception {
        Smtp.deliver(SERVER.port("smtp"), to, "From: <stranger@there.test>\r\nSubject: " + subject + "\r\n\r\nx\r\n");
    }

    private static boolean has(String address, String subject) throws Exception {
        var client = new MailClient(address);
        try (var store = client.imap(MailClient.Security.NONE)) {
            var messages = MailClient.inbox(store).getMessages();
            return Arrays.stream(messages)
                    .anyMatch(message -> subjectOf(message).contains(subject));
        }
    }

    private static String subjectOf(jakarta.mail.Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void addresses_of_a_form_lead_on_and_everybody_who_asks_hears_it() throws Exception {
        var ann = SERVER.account("rule-ann");
        SERVER.run("rewrite", "add", "rules.test", "sales-*", ann);
        SERVER.run("rewrite", "add", "rules.test", "([a-z]+)[0-9]+", "sales-$1", "--regular");
        SERVER.run("rewrite", "add", "rules.test", "round-*", "round-x$1");
        assertThat(SERVER.run("rewrite", "list")).contains("sales-*", "([a-z]+)[0-9]+");
        deliver("sales-north@rules.test", "to the north");
        deliver("Team77@rules.test", "to team 77");
        assertThat(has(ann, "to the north") && has(ann, "to team 77")).isTrue();
        assertThat(SERVER.run("address", "explain", "team77@rules.test"))
                .contains("the rewrite ([a-z]+)[0-9]+ takes it", "the rewrite sales-* takes it", ann);
        assertThat(SERVER.run("address", "explain", "round-1@rules.test")).contains("Nobody gets it.");
        assertThatThrownBy(() -> deliver("round-1@rules.test", "in a circle")).isInstanceOf(Throwable.class);
        assertThat(SERVER.execute("rewrite", "add", "rules.test", "((a{99}){99})", ann, "--regular")
                        .code())
                .isNotZero();
        SERVER.run("rewrite", "remove", "rules.test", "sales-*");
        assertThatThrownBy(() -> deliver("sales-south@rules.test", "nobody")).isInstanceOf(Throwable.class);
    }

    @Test
    void what_may_not_be_sent_to_a_group_waits_for_a_moderator() throws Exception {
        var boss = SERVER.account("rule-boss");
        var member = SERVER.account("rule-member");
        SERVER.run("group", "add", "staff@rules.test", member, "--senders", "accounts");
        assertThatThrownBy(() -> deliver("staff@rules.test", "refused")).isInstanceOf(Throwable.class);
        SERVER.run("group", "moderators", "staff@rules.test", boss);
        deliver("staff@rules.test", "please read");
        deliver("staff@rules.test", "buy this");
        eventually("the moderator hears of it", PATIENCE, () -> has(boss, "please read to staff@rules.test"));
        assertThat(has(member, "please read")).isFalse();
        SERVER.run("moderation", "approve", waiting("please read"));
        assertThat(has(member, "please read")).isTrue();
        SERVER.run("moderation", "refuse", waiting("buy this"), "--reason", "No advertising");
        assertThat(SERVER.run("moderation", "list")).doesNotContain("buy this");
        assertThat(has(member, "buy this")).isFalse();
        assertThat(SERVER.run("trace", "find", "--recipient", "staff@rules.test"))
                .contains("staff@rules.test");
    }

    private static String waiting(String subject) {
        return SERVER.run("moderation", "list")
                .lines()
                .filter(line -> line.contains(subject))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" ")[0];
    }

    @Test
    void limits_are_held_on_the_wire() throws Exception {
        var small = SERVER.account("rule-small");
        SERVER.run("limit", "set", small, "--message-size", "2k", "--recipients", "2", "--storage", "10m");
        assertThat(SERVER.run("limit", "list")).contains(small, "2000", "10000000");
        assertThatThrownBy(() -> deliver(
                        small, "large\r\n\r\n" + "x".repeat(60).concat("\r\n").repeat(60)))
                .hasMessageContaining("552");
        var client = new MailClient(small);
        client.submit(MailClient.Security.NONE, "one@there.test", "Subject: 1\r\n\r\nx\r\n");
        client.submit(MailClient.Security.NONE, "two@there.test", "Subject: 2\r\n\r\nx\r\n");
        assertThatThrownBy(() -> client.submit(MailClient.Security.NONE, "three@there.test", "Subject: 3\r\n\r\nx\r\n"))
                .isInstanceOf(MessagingException.class);
        SERVER.run("limit", "clear", small);
        client.submit(MailClient.Security.NONE, "three@there.test", "Subject: 3\r\n\r\nx\r\n");
    }

    @Test
    void what_the_domains_of_a_tenant_store_together_is_held() throws Exception {
        SERVER.run("domain", "add", "tenant-one.test");
        SERVER.run("domain", "add", "tenant-two.test");
        SERVER.run("account", "add", "a@tenant-one.test");
        SERVER.run("account", "add", "b@tenant-two.test");
        SERVER.run("tenant", "set", "acme", "tenant-one.test", "tenant-two.test");
        SERVER.run("limit", "set", "acme", "--messages", "1");
        deliver("a@tenant-one.test", "the only one");
        assertThat(SERVER.run("limit", "list")).contains("acme");
        eventually("the tenant is full", PATIENCE, () -> {
            try {
                deliver("b@tenant-two.test", "too many");
                return false;
            } catch (AssertionError full) {
                return String.valueOf(full.getMessage()).contains("452");
            }
        });
        SERVER.run("tenant", "remove", "acme");
        deliver("b@tenant-two.test", "again");
    }
}
