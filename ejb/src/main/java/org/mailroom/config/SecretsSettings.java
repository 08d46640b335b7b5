package org.mailroom.config;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** @param keyFile empty: beside the configuration file, otherwise with the server's own keys */
record SecretsSettings(Optional<Path> keyFile) {
    static SecretsSettings of(Config config) {
        return new SecretsSettings(
                Settings.of(config).text("mail.secrets.key-file").map(Path::of));
    }
}
