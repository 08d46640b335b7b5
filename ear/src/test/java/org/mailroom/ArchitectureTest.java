package org.mailroom;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Stateless;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.house.FrontDoor;
import org.mailroom.queue.DeliveryAgent;

/** The arrows of the house: two doors point inward, the house points to nobody, and nothing runs in a circle. */
class ArchitectureTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        var modules = List.of("ejb", "connector", "web-admin").stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        assertThat(modules).allMatch(Files::isDirectory);
        house = new ClassFileImporter().importPaths(modules);
    }

    @Test
    void contract_needs_nothing_but_the_jdk() {
        ArchRule rule = classes()
                .that()
                .resideInAPackage("org.mailroom.contract..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net.ssl..", "org.jspecify..", "org.mailroom.contract..");
        rule.check(house);
    }

    /** Who may import whom, among the rooms of Mailroom. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connector | connector contract",
                "web       | web admin contract",
                "config    | config",
                "schema    | schema config",
                "dns       | dns config",
                "transport | transport dns trace contract config",
                "message   | message contract",
                "trace     | trace contract config",
                "directory | directory contract config",
                "mailbox   | mailbox message directory trace contract config",
                "login     | login directory contract config",
                "ldap      | ldap login mailbox directory outage contract config",
                "policy    | policy directory mailbox message contract config",
                "search    | search message contract config",
                "outage    | outage",
                "content   | content policy outage message contract config",
                "reputation | reputation policy dns contract config",
                "rules     | rules policy message contract config",
                "authenticity | authenticity policy message directory dns trace contract config",
                "queue     | queue transport authenticity message mailbox directory dns trace contract config",
                "feedback  | feedback message trace contract config",
                "receive   | receive feedback authenticity policy content message mailbox directory queue trace contract config",
                "access    | access search message mailbox directory contract config",
                "maildrop  | maildrop mailbox contract config",
                "logbook   | logbook trace",
                "house     | house directory mailbox queue trace receive schema contract config",
                "dialogue  | dialogue contract",
                "acme      | acme trace contract config",
                "admin     | admin logbook feedback acme dialogue transport ldap dns receive rules message maildrop authenticity house login directory mailbox queue trace contract config"
            })
    void arrows_run_one_way(String room, String neighbours) {
        String[] allowed = List.of(neighbours.split(" ")).stream()
                .map(name -> "org.mailroom." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("org.mailroom." + room + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.mailroom..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void only_the_connector_knows_netty_and_james_protocols() {
        onlyConnectorKnowsTheWire().check(house);
    }

    @Test
    void rooms_form_no_circle() {
        slices().matching("org.mailroom.(*)..").should().beFreeOfCycles().check(house);
        slices().matching("org.mailroom.connector.(*)..")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    /** Payara's proxies refuse the others, when they are called. */
    @Test
    void beans_of_the_container_are_called_by_their_public_methods() {
        var hidden = house.stream()
                .filter(type -> type.isAnnotatedWith(Stateless.class) || type.isAnnotatedWith(Singleton.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC))
                .flatMap(method -> method.getAccessesToSelf().stream())
                .filter(call -> !call.getOriginOwner()
                        .getName()
                        .replaceFirst("\\$.*", "")
                        .equals(call.getTargetOwner().getName()))
                .map(Object::toString);
        assertThat(hidden).isEmpty();
    }

    /**
     * A singleton that is created by whoever asks first may be created while the application starts or stops, on any thread, under
     * one lock of the container.
     */
    @Test
    void singletons_start_with_the_house_and_the_front_door_last() {
        var singletons = house.stream()
                .filter(type -> type.isAnnotatedWith(Singleton.class))
                .map(type -> type.reflect())
                .filter(type -> type != FrontDoor.class)
                .toList();
        assertThat(singletons).allMatch(type -> type.isAnnotationPresent(Startup.class));
        var before = new ArrayList<>(before(FrontDoor.class));
        before.addAll(before(DeliveryAgent.class));
        assertThat(before)
                .containsExactlyInAnyOrderElementsOf(
                        singletons.stream().map(Class::getSimpleName).toList());
    }

    private static List<String> before(Class<?> singleton) {
        return List.of(singleton.getAnnotation(DependsOn.class).value());
    }

    @Test
    void a_broken_arrow_is_found() {
        var trespasser = new ClassFileImporter().importClasses(org.mailroom.web.Trespasser.class);
        assertThatThrownBy(() -> onlyConnectorKnowsTheWire().check(trespasser)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule onlyConnectorKnowsTheWire() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.mailroom.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "org.apache.james.protocols..");
    }
}
