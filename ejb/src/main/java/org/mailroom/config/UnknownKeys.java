package org.mailroom.config;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Warns once at the start of each key that nothing reads: a typing error would otherwise be a silent default. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UnknownKeys {
    private static final Logger LOG = System.getLogger(UnknownKeys.class.getName());

    /** Jakarta Mail's names; as a system property such a one is meant for another application. */
    private static final Pattern JAKARTA_MAIL = Pattern.compile(
            "mail\\.((smtps?|imaps?|pop3s?|mime|transport|store|event|util|debug)(\\..*)?|host|user|from|alternates)");

    @PostConstruct
    void warn() {
        warnings(Settings.current(), Catalogue.load()).values().forEach(line -> LOG.log(Level.WARNING, line));
    }

    /** One line a key; keys of other people's making are left alone. */
    static TreeMap<String, String> warnings(Config config, Catalogue catalogue) {
        var warnings = new TreeMap<String, String>();
        for (var source : config.getConfigSources()) {
            for (var key : source.getPropertyNames()) {
                boolean ours = source instanceof MailroomFile
                        || !JAKARTA_MAIL.matcher(key).matches();
                if (ours && catalogue.unknown(key)) {
                    var hint = catalogue
                            .nearest(key)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse("");
                    warnings.put(
                            key,
                            "config key=" + key + " source=" + source.getName() + " is not a key of Mailroom" + hint);
                }
            }
        }
        return warnings;
    }
}
