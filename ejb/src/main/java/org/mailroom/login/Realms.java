package org.mailroom.login;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * The realms of Kerberos whose people log in. A trusted realm vouches for those of others too, so only who is of one that is
 * named here is believed.
 *
 * @param domains what stands for the realm in the names of its people: a mail domain, or an ending of logins in a directory
 */
record Realms(Map<String, String> domains) {
    private static final System.Logger LOG = System.getLogger(Realms.class.getName());
    private static final String KEY = "mail.login.kerberos.realms";
    private static final String KEYTAB = "mail.login.kerberos.keytab";
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9.-]+)(?: *= *([A-Za-z0-9.-]+))?");

    /** {@code primary@REALM}; with an instance ({@code imap/host}, {@code alice/admin}) it is no person, or not as himself. */
    private static final Pattern PERSON = Pattern.compile("([^/@\\\\]+)@([^/@\\\\]+)");

    Realms {
        domains = Map.copyOf(domains);
    }

    static Realms of(Config config) {
        var settings = Settings.of(config);
        var domains = new HashMap<String, String>();
        for (var text : settings.list(KEY)) {
            var entry = ENTRY.matcher(text);
            if (!entry.matches()) {
                throw Settings.wrong(KEY, text, "realms such as CORP.EXAMPLE or CORP.EXAMPLE=mail.example");
            }
            var domain = entry.group(2) == null ? entry.group(1) : entry.group(2);
            domains.put(entry.group(1), domain.toLowerCase(Locale.ROOT));
        }
        var keytab = settings.text(KEYTAB);
        if (domains.isEmpty() && keytab.isPresent()) {
            throw new IllegalArgumentException("configuration: " + KEYTAB + " needs " + KEY);
        }
        keytab.filter(file -> !Files.isReadable(Path.of(file)))
                .ifPresent(file -> LOG.log(
                        Level.WARNING, "kerberos keytab={0} status=unreadable; GSSAPI waits until it is there", file));
        return new Realms(domains);
    }

    /** By which name the principal is known here; empty where it is of another realm. Realms differ by case (RFC 4120 §6.1). */
    Optional<String> name(String principal) {
        var person = PERSON.matcher(principal);
        return person.matches() && domains.containsKey(person.group(2))
                ? Optional.of(person.group(1).toLowerCase(Locale.ROOT) + "@" + domains.get(person.group(2)))
                : Optional.empty();
    }
}
