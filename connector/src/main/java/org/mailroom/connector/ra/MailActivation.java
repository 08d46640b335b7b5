package org.mailroom.connector.ra;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.House;

/** A message-driven bean that implements one of these interfaces takes the calls of the wire. It has nothing to configure. */
@Activation(messageListeners = {House.class, MailReceiver.class, Logins.class, MailStore.class, Maildrops.class})
public class MailActivation implements ActivationSpec, Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ResourceAdapter adapter;

    @Override
    public void validate() {}

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }
}
