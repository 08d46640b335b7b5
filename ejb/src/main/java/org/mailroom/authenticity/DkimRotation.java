package org.mailroom.authenticity;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mailroom.dns.NameService;

/** A new key signs as soon as its record can be seen, and takes the old one's place; nobody has to wait for DNS. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DkimRotation {
    private static final System.Logger LOG = System.getLogger(DkimRotation.class.getName());

    @Inject
    private DkimKeys keys;

    @Inject
    private NameService names;

    /** Whether DNS has the record of a key. */
    public enum Seen {
        YES,
        NO,
        /** There is another key at the name, or what is there makes no sense. */
        WRONG,
        /** The name servers gave no answer. */
        UNKNOWN
    }

    /** Asks DNS: outside of any transaction. */
    public Seen seen(DkimKey key) {
        try {
            var published = KeyRecord.find(names.dns(), key.selector(), key.domain());
            return published.key().equals(KeyRecord.of(key.record()).key()) ? Seen.YES : Seen.WRONG;
        } catch (MalformedException e) {
            return e.why().equals(KeyRecord.MISSING) ? Seen.NO : Seen.WRONG;
        } catch (KeyRecord.NoAnswerException e) {
            return Seen.UNKNOWN;
        }
    }

    @Schedule(hour = "*", minute = "*/10", second = "23", persistent = false)
    public void round() {
        for (var key : keys.waiting()) {
            if (seen(key) == Seen.YES) {
                keys.activate(key);
                LOG.log(
                        System.Logger.Level.INFO,
                        "dkim domain=" + key.domain() + " selector=" + key.selector() + " status=signs");
            }
        }
    }
}
