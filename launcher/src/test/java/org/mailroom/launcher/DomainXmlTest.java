package org.mailroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainXmlTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void domain() throws Exception {
        file = directory.resolve("domain.xml");
        Files.writeString(file, """
                <domain><servers><server name="server">
                  <application-ref ref="mailroom" virtual-servers="server"/>
                  <application-ref ref="other" virtual-servers="server"/>
                </server></servers><configs>
                  <config name="default-config"><network-config><network-listeners>
                    <network-listener name="http-listener-1" port="1"/>
                  </network-listeners></network-config></config>
                  <config name="server-config">
                    <java-config><jvm-options>-server</jvm-options><jvm-options>-Xmx512m</jvm-options></java-config>
                    <network-config><network-listeners>
                      <network-listener name="http-listener-1" port="8080"/>
                    </network-listeners></network-config>
                  </config>
                </configs></domain>
                """);
    }

    @Test
    void only_the_application_that_is_meant_is_left_asleep() throws Exception {
        DomainXml.read(file).asleep("mailroom").asleep("never deployed").save();
        assertThat(text())
                .contains("enabled=\"false\" ref=\"mailroom\"")
                .contains("<application-ref ref=\"other\" virtual-servers=\"server\"/>");
    }

    @Test
    void the_listener_of_the_server_is_meant_and_not_that_of_the_template() throws Exception {
        DomainXml.read(file).listener("http-listener-1", "127.0.0.1", 18080).save();
        assertThat(text())
                .contains("name=\"http-listener-1\" port=\"1\"")
                .containsPattern("address=\"127.0.0.1\" enabled=\"true\" name=\"http-listener-1\" port=\"18080\"");
    }

    @Test
    void port_zero_closes_a_listener() throws Exception {
        DomainXml.read(file).listener("http-listener-1", "0.0.0.0", 0).save();
        assertThat(text()).contains("enabled=\"false\"");
    }

    @Test
    void options_are_replaced_and_not_piled_up() throws Exception {
        for (int i = 0; i < 2; i++) {
            DomainXml.read(file)
                    .options(option -> option.startsWith("-Xm"), List.of("-Xmx2g", "-Dx=y"))
                    .save();
        }
        assertThat(text())
                .contains("-server")
                .doesNotContain("-Xmx512m")
                .containsOnlyOnce("-Xmx2g")
                .containsOnlyOnce("-Dx=y");
    }

    @Test
    void the_broker_listens_on_loopback_with_a_password_of_its_own() throws Exception {
        DomainXml.read(file)
                .broker(new Broker("127.0.0.1", 7000, "mailroom", "x", true), "first")
                .save();
        DomainXml.read(file)
                .broker(new Broker("127.0.0.1", 7001, "mailroom", "x", true), "second")
                .save();
        assertThat(text())
                .containsOnlyOnce("<jms-host ")
                .contains("host=\"127.0.0.1\"", "port=\"7001\"", "admin-password=\"second\"");
    }

    private String text() throws Exception {
        return Files.readString(file);
    }
}
