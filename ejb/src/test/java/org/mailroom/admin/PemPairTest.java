package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailroom.TestAuthority;

class PemPairTest {
    private static String authority;
    private static String mail;
    private static String mailKey;
    private static String star;
    private static String starKey;

    @BeforeAll
    static void certificates() throws IOException {
        var ca = new TestAuthority();
        authority = Files.readString(ca.certificate());
        var card = ca.card("dns:mail.here.test");
        mail = Files.readString(card.certificate());
        mailKey = Files.readString(card.key());
        var other = ca.card("dns:*.here.test");
        star = Files.readString(other.certificate());
        starKey = Files.readString(other.key());
    }

    private static PemPair parse(String chain, String key) throws AdminException {
        return PemPair.parse(chain, key, Instant.now());
    }

    private static void refused(String why, String chain, String key) {
        assertThatThrownBy(() -> parse(chain, key))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining(why);
    }

    @Test
    void chain_is_put_in_order() throws Exception {
        var pair = parse("a comment\n" + authority + mail, mailKey);
        assertThat(pair.names()).containsExactly("mail.here.test");
        assertThat(pair.chain()).hasSize(2);
        assertThat(pair.chain().getLast().getSubjectX500Principal().getName()).isEqualTo("CN=authority");
    }

    @Test
    void what_is_written_can_be_read_again() throws Exception {
        var pair = parse(mail + authority, mailKey);
        assertThat(parse(pair.chainPem(), pair.keyPem())).isEqualTo(pair);
    }

    @Test
    void all_may_stand_in_one_file() throws Exception {
        assertThat(parse(mailKey + mail, "").chain()).hasSize(1);
    }

    @Test
    void older_form_of_a_key_is_read() throws Exception {
        var octets = Base64.getMimeDecoder().decode(mailKey.replaceAll("-----[A-Z ]+-----", ""));
        var older = PrivateKeyInfo.getInstance(octets)
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        var key = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(older)
                + "\n-----END RSA PRIVATE KEY-----\n";
        assertThat(parse(mail, key).key())
                .isEqualTo(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets)));
    }

    @Test
    void key_of_another_certificate_is_refused() {
        refused("belongs to none", mail, starKey);
    }

    @Test
    void certificate_that_is_no_part_of_the_chain_is_refused() {
        refused("does not belong into the chain", mail + star, mailKey);
    }

    @Test
    void certificate_that_has_ended_or_not_begun_is_refused() {
        assertThatThrownBy(() -> PemPair.parse(mail, mailKey, Instant.now().plus(Duration.ofDays(3))))
                .hasMessageContaining("ended at");
        assertThatThrownBy(() -> PemPair.parse(mail, mailKey, Instant.now().minus(Duration.ofDays(3))))
                .hasMessageContaining("begins at");
    }

    @Test
    void what_is_missing_is_said() {
        refused("There is no certificate", mailKey, "");
        refused("There is no private key", mail, "");
        refused("more than one private key", mail + mailKey, starKey);
        refused("is encrypted", mail, mailKey.replace("PRIVATE", "ENCRYPTED PRIVATE"));
        refused("is damaged", mail, mailKey.replace("MII", "AAA"));
    }

    @Test
    void star_stands_for_one_label() throws Exception {
        var pair = parse(star, starKey);
        assertThat(pair.covers("mail.here.test")).isTrue();
        assertThat(pair.covers("a.mail.here.test")).isFalse();
        assertThat(pair.covers("here.test")).isFalse();
        assertThat(parse(mail, mailKey).covers("MAIL.here.test")).isTrue();
    }

    @Test
    void key_is_not_in_what_is_logged() throws Exception {
        assertThat(parse(mail, mailKey).toString()).isEqualTo("PemPair[CN=server]");
    }
}
