package org.mailroom.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.toolbox.JSON;

/** RFC 8555 §6.7 */
class ExplainedTest {
    private static Problem problem(String json) throws Exception {
        return new Problem(
                JSON.parse(json), URI.create("https://acme.test/order").toURL());
    }

    private static IOException connecting(Exception why) {
        return (IOException) new ConnectException().initCause(why);
    }

    @Test
    void problem_tells_its_kind_its_detail_and_which_names_it_is_about() throws Exception {
        var one = "{\"type\":\"urn:ietf:params:acme:error:caa\",\"detail\":\"a.test forbids it\"}";
        var text = "{\"type\":\"urn:ietf:params:acme:error:malformed\",\"detail\":\"Some names\",\"subproblems\":["
                + one + "]}";
        assertThat(Explained.of(problem(text))).isEqualTo("malformed: Some names; caa: a.test forbids it");
        assertThat(Explained.of(problem("{\"type\":\"about:blank\"}"))).isEqualTo("about:blank");
        assertThat(Explained.of(new AcmeException("x", new AcmeServerException(problem(one)))))
                .isEqualTo("caa: a.test forbids it");
    }

    @Test
    void way_to_the_authority_is_told_where_that_is_the_trouble() {
        var begin = "the authority cannot be asked: ";
        assertThat(Explained.of(new AcmeNetworkException(connecting(new ClosedChannelException()))))
                .isEqualTo(begin + "no connection");
        assertThat(Explained.of(new AcmeNetworkException(connecting(new UnresolvedAddressException()))))
                .isEqualTo(begin + "there is no host of its name");
        assertThat(Explained.of(new AcmeNetworkException(new HttpConnectTimeoutException("late"))))
                .isEqualTo(begin + "it took too long");
        assertThat(Explained.of(new AcmeNetworkException(new SSLHandshakeException("no path to an authority"))))
                .isEqualTo(begin + "no path to an authority");
        assertThat(Explained.of(new AcmeException("HTTP 404"))).isEqualTo("HTTP 404");
    }
}
