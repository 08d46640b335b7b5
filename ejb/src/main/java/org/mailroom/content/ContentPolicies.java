package org.mailroom.content;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The chain. Made at the start, so that a wrong setting of a policy is found there and not by the first message. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ContentPolicies {
    @Inject
    @Any
    private Instance<ContentPolicy> beans;

    private volatile List<ContentPolicy> chain = List.of();

    public ContentPolicies() {}

    ContentPolicies(List<ContentPolicy> policies) {
        chain = inOrder(policies);
    }

    @PostConstruct
    void collect() {
        chain = inOrder(beans.stream().toList());
    }

    private static List<ContentPolicy> inOrder(List<ContentPolicy> policies) {
        return policies.stream()
                .sorted(Comparator.comparingInt(ContentPolicy::order))
                .toList();
    }

    /** What each said, up to the first that will not have the message. */
    public List<ContentVerdict> judge(ContentPolicy.Question question) {
        var verdicts = new ArrayList<ContentVerdict>();
        for (var policy : chain) {
            var verdict = policy.judge(question);
            verdict.ifPresent(verdicts::add);
            if (verdict.isPresent() && isNo(verdict.get())) {
                break;
            }
        }
        return verdicts;
    }

    private static boolean isNo(ContentVerdict verdict) {
        return switch (verdict) {
            case ContentVerdict.Accept _, ContentVerdict.Junk _ -> false;
            case ContentVerdict.Refuse _, ContentVerdict.Defer _ -> true;
        };
    }
}
