package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.contract.MessageSource;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 9989, with a name server of our own. */
class DmarcTest {
    private final FakeDns zone = new FakeDns();

    @AfterEach
    void close() {
        zone.close();
    }

    private DmarcResult check(String from, String spfDomain, Result spf, String dkimDomain, Result dkim) {
        var dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
        return new DmarcCheck(dns)
                .check(
                        List.of(from),
                        new SpfResult(spf, spfDomain, false, ""),
                        List.of(new DkimResult(dkim, dkimDomain, "s", "@" + dkimDomain, "rsa-sha256", "", "")));
    }

    private DmarcResult failing(String from) {
        return check(from, "other.test", Result.PASS, "other.test", Result.PASS);
    }

    private void record(String domain, String text) {
        zone.with("_dmarc." + domain + " TXT \"" + text + "\"").with(domain + " A 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "there.test, there.test, PASS, x.test, FAIL, PASS",
        "there.test, mail.there.test, PASS, x.test, FAIL, PASS",
        "news.there.test, there.test, PASS, x.test, FAIL, PASS",
        "news.there.test, mail.there.test, PASS, x.test, FAIL, PASS",
        "there.test, x.test, PASS, there.test, PASS, PASS",
        "there.test, x.test, PASS, a.b.there.test, PASS, PASS",
        "there.test, there.test, FAIL, x.test, PASS, FAIL",
        "there.test, there.test, SOFTFAIL, there.test, FAIL, FAIL",
        "there.test, notthere.test, PASS, x.there.test.evil.test, PASS, FAIL",
        "there.test, there.test, TEMPERROR, x.test, FAIL, TEMPERROR",
        "there.test, x.test, FAIL, there.test, TEMPERROR, TEMPERROR"
    })
    void one_of_both_must_be_of_the_author(
            String from, String spfDomain, Result spf, String dkimDomain, Result dkim, Result expected) {
        record("there.test", "v=DMARC1; p=reject");
        assertThat(check(from, spfDomain, spf, dkimDomain, dkim).result()).isEqualTo(expected);
    }

    /** What readers see is what counts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Ann <ann@there.test> | there.test",
                "\"boss@bank.test\" <ann@there.test> | there.test",
                "(boss@bank.test) ann@there.test | there.test",
                "(a (nested \\) one) <b@bank.test>) Ann <ann@There.test> | there.test",
                "\"never closed <ann@there.test> | there.test",
                "(never closed <ann@there.test> | there.test",
                "ann@there.test, bob@bank.test | there.test bank.test"
            })
    void the_author_is_found(String from, String domains) throws Exception {
        var message = MessageSource.of(("From: " + from + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(String.join(" ", Authors.domains(Header.of(message)))).isEqualTo(domains);
    }

    @Test
    void endless_comments_and_quotes_do_no_harm() throws Exception {
        for (var text : List.of("(", "\\a", "\"", "()", "a", "(\"")) {
            var from = "From: (" + text.repeat(100_000) + " <ann@there.test>\r\n\r\n";
            var message = MessageSource.of(from.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Authors.domains(Header.of(message))).hasSizeLessThan(2);
        }
    }

    @Test
    void strict_means_the_very_domain() {
        record("there.test", "v=DMARC1; p=reject; aspf=s; adkim=s");
        assertThat(check("there.test", "mail.there.test", Result.PASS, "x.there.test", Result.PASS)
                        .failed())
                .isTrue();
        assertThat(check("there.test", "there.test", Result.PASS, "x.test", Result.FAIL)
                        .result())
                .isEqualTo(Result.PASS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DMARC1; p=reject                           | there.test      | REJECT",
                "v=DMARC1; p=reject                           | sub.there.test  | REJECT",
                "v=DMARC1; p=reject; sp=quarantine            | sub.there.test  | QUARANTINE",
                "v=DMARC1; p=none; np=reject                  | gone.there.test | REJECT",
                "v=DMARC1; p=none; np=reject                  | sub.there.test  | NONE",
                "v=DMARC1; p=reject; t=y                      | there.test      | QUARANTINE",
                "v=DMARC1; p=quarantine; t=y                  | there.test      | NONE",
                "v=DMARC1; p=reject; pct=0                    | there.test      | REJECT",
                "v=DMARC1; p=what; rua=mailto:a@there.test    | there.test      | NONE",
                "v=DMARC1;p=REJECT;                           | there.test      | REJECT"
            })
    void the_owner_wishes(String record, String from, DmarcRecord.Wish wish) {
        record("there.test", record);
        zone.with("sub.there.test A 192.0.2.2");
        assertThat(failing(from).failed()).isTrue();
        assertThat(failing(from).wish()).isEqualTo(wish);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"v=DMARC2; p=reject", "p=reject; v=DMARC1", "v=DMARC1; p=what", "v=DMARC1; p=reject; p=none"})
    void what_is_no_record_says_nothing(String record) {
        record("there.test", record);
        assertThat(failing("there.test").result()).isEqualTo(Result.NONE);
    }

    @Test
    void two_records_are_none() {
        record("there.test", "v=DMARC1; p=reject");
        record("there.test", "v=DMARC1; p=none");
        assertThat(failing("there.test").result()).isEqualTo(Result.NONE);
    }

    @Test
    void below_a_public_suffix_each_name_is_another_organization() {
        record("bank.test", "v=DMARC1; p=reject; psd=y");
        record("one.bank.test", "v=DMARC1; p=none");
        var result = check("one.bank.test", "two.bank.test", Result.PASS, "x.test", Result.FAIL);
        assertThat(result.failed()).isTrue();
        assertThat(failing("three.bank.test").wish()).isEqualTo(DmarcRecord.Wish.REJECT);
    }

    @Test
    void a_domain_may_say_that_it_stands_for_itself() {
        record("there.test", "v=DMARC1; p=reject");
        record("university.there.test", "v=DMARC1; p=none; psd=n");
        assertThat(check("university.there.test", "there.test", Result.PASS, "x.test", Result.FAIL)
                        .failed())
                .isTrue();
        assertThat(check("a.university.there.test", "b.university.there.test", Result.PASS, "x.test", Result.FAIL)
                        .result())
                .isEqualTo(Result.PASS);
    }

    @Test
    void a_long_name_costs_eight_questions() {
        record("there.test", "v=DMARC1; p=reject");
        var from = "a.b.c.d.e.f.g.h.i.j.k.l.m.there.test";
        assertThat(failing(from).failed()).isTrue();
        assertThat(zone.questions()).isLessThan(2 * 8 + 3);
    }

    @Test
    void without_an_answer_nothing_is_said() throws Exception {
        zone.failing("_dmarc.there.test");
        assertThat(failing("there.test").result()).isEqualTo(Result.TEMPERROR);
    }

    @Test
    void several_authors_have_no_domain() {
        var dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
        var spf = new SpfResult(Result.PASS, "there.test", false, "");
        assertThat(new DmarcCheck(dns)
                        .check(List.of("there.test", "here.test"), spf, List.of())
                        .result())
                .isEqualTo(Result.NONE);
    }
}
