package org.mailroom.acme;

import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.Authorities;

/** @param trusted who may vouch for the web server of an authority */
record AcmeSettings(Authorities trusted) {
    static AcmeSettings of(Config config) {
        return new AcmeSettings(
                new Authorities(Settings.of(config).text("mail.tls.authorities").orElse("")));
    }
}
