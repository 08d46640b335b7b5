package org.mailroom.logbook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.logging.Logger;

/** What this node has logged of ours since it started; what other applications log is none of our business. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Logbook {
    /** So many lines are kept: some megabytes at worst. */
    public static final int MOST = 5000;

    private static final String OURS = "org.mailroom";

    // Held, for the JDK forgets a logger that nobody holds, and its handlers with it.
    private final Logger logger = Logger.getLogger(OURS);
    private final LogRing ring = new LogRing(OURS, MOST);

    @PostConstruct
    void begin() {
        logger.addHandler(ring);
    }

    @PreDestroy
    void end() {
        logger.removeHandler(ring);
    }

    /** Newest first. */
    public List<LogLine> newest() {
        return ring.newest();
    }

    /** The number of the newest line; 0 before there is one. */
    public long last() {
        return ring.last();
    }
}
