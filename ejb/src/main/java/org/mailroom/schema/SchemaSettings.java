package org.mailroom.schema;

import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/** @param unsafe whether a database that may forget what it committed is permitted */
record SchemaSettings(boolean unsafe) {
    static SchemaSettings of(Config config) {
        return new SchemaSettings(Settings.of(config).flag("mail.database.unsafe", false));
    }
}
