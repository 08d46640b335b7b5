package org.mailroom.container;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.mailroom.contract.policy.OutsidePolicyMXBean;

/** What somebody else's application thinks of mail. It knows one interface of Mailroom's, of which it has a copy. */
@Singleton
@Startup
public class OtherPolicy implements OutsidePolicyMXBean {
    @PostConstruct
    void join() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME + "judge"));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void leave() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME + "judge"));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String judge(String question) {
        return question.contains("\"sender\":\"pest@there.test\"")
                ? "{\"action\":\"refuse\",\"text\":\"No pests\",\"detail\":\"a pest\"}"
                : "";
    }
}
