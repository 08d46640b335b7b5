package org.mailroom.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.TestAuthority;

/** Which servers are believed to be the directory: StartTLS (RFC 4511 §4.14) and ldaps, and the server's name (RFC 6125). */
class LdapTlsTest {
    private static final LdapSettings SETTINGS = new LdapSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(5), 2, Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static TestAuthority authority;
    private static TestAuthority another;
    private static InMemoryDirectoryServer server;

    @BeforeAll
    static void a_directory_of_the_name_localhost() throws Exception {
        authority = new TestAuthority();
        another = new TestAuthority();
        var card = authority.card("dns:localhost").context();
        var config = new InMemoryDirectoryServerConfig(SampleCompany.BASE);
        config.addAdditionalBindCredentials("cn=mailroom", "search me");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", null, 0, card.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig("ldaps", 0, card.getServerSocketFactory()));
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        server.add("dn: " + SampleCompany.BASE, "objectClass: domain", "dc: corp");
        server.add("dn: ou=people," + SampleCompany.BASE, "objectClass: organizationalUnit", "ou: people");
        server.add(SampleCompany.person(1));
    }

    @AfterAll
    static void stop() {
        server.shutDown(true);
    }

    private static SourcePlan plan(String scheme, String host, String trust) throws Exception {
        return new SourcePlan(
                        0,
                        "corp",
                        List.of("corp.test"),
                        List.of(scheme + "://" + host + ":" + server.getListenPort(scheme)),
                        true,
                        trust,
                        "cn=mailroom",
                        "sealed",
                        SampleCompany.BASE,
                        Mapping.parse(Preset.OPENLDAP.mapping()),
                        false,
                        0,
                        10,
                        true)
                .checked();
    }

    private static String trust(TestAuthority in) throws Exception {
        return Files.readString(in.certificate());
    }

    private static String steps(SourcePlan plan) {
        return new Probe(plan, "search me", SETTINGS)
                .steps().stream()
                        .map(step -> (step.good() ? "ok " : "FAILS ") + step.what() + ": " + step.text())
                        .collect(Collectors.joining("\n"));
    }

    private static boolean proves(SourcePlan plan) throws Exception {
        try (var servers = new LdapServers(plan, "search me", SETTINGS)) {
            return servers.proves(SampleCompany.dn(1), SampleCompany.password(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap", "ldaps"})
    void one_that_our_authority_knows_by_the_name_is_asked_under_tls(String scheme) throws Exception {
        var plan = plan(scheme, "localhost", trust(authority));
        assertThat(steps(plan))
                .contains("ok tls: TLSv1.3", "CN=server", "ok person: user1@corp.test")
                .doesNotContain("FAILS");
        assertThat(proves(plan)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap", "ldaps"})
    void one_of_another_authority_hears_no_password(String scheme) throws Exception {
        var plan = plan(scheme, "localhost", trust(another));
        assertThat(steps(plan)).contains("FAILS tls").doesNotContain("bind");
        assertThatThrownBy(() -> proves(plan)).isInstanceOf(NoAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap", "ldaps"})
    void one_whose_authority_only_the_jdk_could_know_hears_no_password(String scheme) throws Exception {
        assertThat(steps(plan(scheme, "localhost", ""))).contains("FAILS tls").doesNotContain("bind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap", "ldaps"})
    void one_of_another_name_hears_no_password(String scheme) throws Exception {
        var plan = plan(scheme, "127.0.0.1", trust(authority));
        assertThat(steps(plan)).contains("FAILS tls").doesNotContain("bind");
        assertThatThrownBy(() -> proves(plan)).isInstanceOf(NoAnswer.class);
    }

    @Test
    void a_port_that_speaks_no_tls_at_once_is_none_of_ldaps() throws Exception {
        var plan = plan("ldap", "localhost", trust(authority));
        var wrong = plan.servers().getFirst().replace("ldap:", "ldaps:");
        assertThatThrownBy(() -> proves(plan.at(wrong))).isInstanceOf(NoAnswer.class);
    }
}
