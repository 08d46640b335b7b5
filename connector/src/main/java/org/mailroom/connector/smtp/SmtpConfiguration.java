package org.mailroom.connector.smtp;

import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.mailroom.contract.wire.WireSettings;

/** What James's own handlers ask for. */
final class SmtpConfiguration extends SMTPConfigurationImpl {
    private final WireSettings settings;

    SmtpConfiguration(WireSettings settings) {
        this.settings = settings;
    }

    @Override
    public String getHelloName() {
        return settings.hostname();
    }

    @Override
    public String getSoftwareName() {
        return "Mailroom";
    }

    @Override
    public long getMaxMessageSize() {
        return settings.limits().messageSize();
    }
}
