package org.mailroom.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailroom.admin.DomainAdmin;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.ldap.SampleCompany;
import org.mailroom.login.LoginCheck;

/** The house from inside the container: what only transactions and roles of a real server can show. */
@ExtendWith({PlainPayaraStarts.class, ArquillianExtension.class})
class ContainerIT {
    @EJB(lookup = "java:app/ejb/DomainAdmin")
    private DomainAdmin domains;

    @EJB(lookup = "java:app/ejb/LoginCheck")
    private LoginCheck logins;

    @EJB(lookup = "java:app/keeper/DirectoryKeeper")
    private DirectoryKeeper directories;

    @EJB(lookup = "java:app/keeper/MessageKeeper")
    private MessageKeeper keeper;

    @Resource
    private UserTransaction transaction;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Deployment
    static Archive<?> mailroom() {
        var test = ShrinkWrap.create(WebArchive.class, "test.war").addClasses(ContainerIT.class, SampleCompany.class);
        var keeper = ShrinkWrap.create(JavaArchive.class, "keeper.jar")
                .addClasses(MessageKeeper.class, DirectoryKeeper.class);
        var ear = ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File("target/mailroom.ear"));
        var descriptor = new String(read(ear, "META-INF/application.xml"), StandardCharsets.UTF_8);
        var modules = "<module><ejb>keeper.jar</ejb></module>"
                + "<module><web><web-uri>test.war</web-uri><context-root>/test</context-root></web></module>";
        return ear.addAsModule(keeper)
                .addAsModule(Testable.archiveToTest(test))
                .addAsManifestResource(
                        new StringAsset(descriptor.replaceFirst("(</module>)(?![\\s\\S]*</module>)", "$1" + modules)),
                        "application.xml");
    }

    private static byte[] read(Archive<?> archive, String path) {
        try (var in = archive.get(path).getAsset().openStream()) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void administration_is_closed_to_callers_without_the_role() {
        assertThatThrownBy(() -> domains.domains()).isInstanceOf(EJBAccessException.class);
    }

    @Test
    void a_transaction_that_rolls_back_leaves_no_message() throws Exception {
        long before = count();
        transaction.begin();
        keeper.keep("Subject: x\r\n\r\ny\r\n");
        transaction.rollback();
        assertThat(count()).isEqualTo(before);
        transaction.begin();
        keeper.keep("Subject: x\r\n\r\ny\r\n");
        transaction.commit();
        assertThat(count()).isEqualTo(before + 1);
    }

    /** By bind, by a comparison, and by what is known of them when the directory is gone. */
    @Test
    void people_of_a_directory_appear_and_stay_when_it_is_gone() throws Exception {
        try (var connection = database.getConnection();
                var insert = connection.createStatement()) {
            insert.execute("INSERT INTO domain (name) VALUES ('corp.test')");
        }
        var config = new InMemoryDirectoryServerConfig(SampleCompany.BASE);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("plain", 0));
        var directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        for (var entry : SampleCompany.entries()) {
            directory.add(entry);
        }
        directories.keep("corp", "corp.test", directory.getListenPort(), SampleCompany.BASE);
        assertThat(directories.compare("corp", true).appeared()).isEqualTo(SampleCompany.PEOPLE);
        assertThat(login(7, "wrong")).isInstanceOf(LoginVerdict.Denied.class);
        assertThat(login(7, SampleCompany.password(7))).isInstanceOf(LoginVerdict.Granted.class);
        assertThat(directories.compare("corp", false).appeared()).isEqualTo(SampleCompany.PEOPLE - 1);
        assertThat(count("account_source")).isEqualTo(SampleCompany.PEOPLE);
        directory.shutDown(true);
        assertThat(directories.compare("corp", false).outcome()).isEqualTo("failed");
        assertThat(login(8, SampleCompany.password(8))).isInstanceOf(LoginVerdict.Unavailable.class);
        assertThat(count("account_source")).isEqualTo(SampleCompany.PEOPLE);
    }

    private LoginVerdict login(int number, String password) {
        return logins.verify(InetAddress.getLoopbackAddress(), "test", "imap", SampleCompany.address(number), password);
    }

    private long count() throws Exception {
        return count("message");
    }

    private long count(String table) throws Exception {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT count(*) FROM " + table);
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
