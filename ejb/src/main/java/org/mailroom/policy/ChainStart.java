package org.mailroom.policy;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.inject.Inject;

/**
 * Makes the chain at the start, so that a wrong setting of a policy is found there and not by the first message; and the threads
 * of policies that wait for others.
 */
@Singleton
@Startup
@ManagedExecutorDefinition(name = "java:app/mailroom/policy", virtual = true)
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChainStart {
    private static final System.Logger LOG = System.getLogger(ChainStart.class.getName());

    @Inject
    private Policies policies;

    @PostConstruct
    void make() {
        LOG.log(System.Logger.Level.INFO, "policies=" + policies.size() + " status=ready");
    }
}
