package org.mailroom.house;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * The last bean to start and the first to stop: clients come in when all of the house is there, and have gone before any of it
 * goes. Endpoints are live earlier, and the container starts singletons one at a time under one lock: a client's call that
 * waited for a singleton would hold what the next one needs, and neither would go on.
 */
@Singleton
@Startup
// With what DeliveryAgent depends on these are all. The container takes it for a circle when a bean is named here and
// there, too.
@DependsOn({
    "AccountPurge",
    "CertificateRenewal",
    "ChainStart",
    "DeliveryAgent",
    "DkimRotation",
    "ExpungedLog",
    "FeedbackReader",
    "Gauges",
    "GreylistSweep",
    "IndexBuilder",
    "Logbook",
    "LoginCheck",
    "MaildropExpiry",
    "MaildropLocks",
    "MessageSweep",
    "Nodes",
    "Overview",
    "Passwords",
    "Pulse",
    "QuarantineSweep",
    "ReportSender",
    "SettingHistory",
    "SortingBackfill",
    "State",
    "SyncTimer",
    "TelnetAdmin",
    "TraceCalendar",
    "Traffic",
    "UnknownKeys",
    "UsageWatch",
    "ViewSnapshots",
    "Wakeups"
})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FrontDoor {
    @Inject
    private OpenWire wire;

    @PostConstruct
    void open() {
        wire.letIn();
    }

    @PreDestroy
    void close() {
        wire.sendAway();
    }
}
