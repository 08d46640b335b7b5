package org.mailroom.content;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.mailroom.config.Settings;
import org.mailroom.contract.policy.OutsidePolicyMXBean;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/**
 * Asks beans of other applications on this server. They come and go as their applications are deployed and undeployed, so each
 * is looked up when it is asked; one that is not there is as one that is down.
 */
@ApplicationScoped
public class OutsideCheck implements Policy {
    @Resource(lookup = "java:app/mailroom/policy")
    private ManagedExecutorService executor;

    private List<Bean> beans = List.of();
    private Duration timeout = Duration.ofSeconds(5);

    /** One of them, with what is known of its health. */
    private record Bean(String name, String rule, Checker checker) {}

    @PostConstruct
    void configure() {
        var settings = OutsideSettings.of(Settings.current());
        timeout = settings.timeout();
        beans = settings.beans().stream()
                .map(name -> bean(name, settings.availability()))
                .toList();
    }

    private static Bean bean(String name, Availability availability) {
        var rule = "bean " + name;
        return new Bean(name, rule, new Checker(rule, availability, InstantSource.system()));
    }

    @Override
    public int order() {
        return 460;
    }

    @Override
    public Decision connection(Question.Connection question) {
        return all(question);
    }

    @Override
    public Decision sender(Question.Sender question) {
        return all(question);
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        return all(question);
    }

    @Override
    public Decision content(Question.Content question) {
        return all(question);
    }

    /** In the order in which they are named, until one has an opinion. */
    private Decision all(Question question) {
        return beans.stream()
                .map(bean -> bean.checker().ask(() -> ask(bean, question)))
                .filter(decision -> decision.action() != Decision.Action.NONE)
                .findFirst()
                .orElse(Decision.NONE);
    }

    private Decision ask(Bean bean, Question question) throws IOException {
        var text = OutsideQuestion.of(question);
        var answer = executor.submit(() -> judge(bean.name(), text));
        try {
            return OutsideAnswer.read(
                    bean.rule(), answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), question.facts());
        } catch (TimeoutException e) {
            throw new IOException("no answer in " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while " + bean.rule() + " was asked", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** By name and not by injection: which beans there are is for the operator to say, and may change while we run. */
    private static String judge(String name, String question) throws JMException {
        var answer = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName(OutsidePolicyMXBean.NAME + name),
                        "judge",
                        new Object[] {question},
                        new String[] {String.class.getName()});
        return Objects.toString(answer, "");
    }
}
