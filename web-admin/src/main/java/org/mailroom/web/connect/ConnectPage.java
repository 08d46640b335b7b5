package org.mailroom.web.connect;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mailroom.admin.Overview;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;

/** What a user types into a mail client. */
@Named
@RequestScoped
public class ConnectPage {
    @Inject
    private Overview overview;

    public List<Way> getWays() {
        return overview.listeners().stream()
                // Users send through submission; the mail exchange and LMTP are for other servers.
                .filter(listener -> listener.protocol() != Protocol.SMTP && listener.protocol() != Protocol.LMTP)
                .map(ConnectPage::way)
                .toList();
    }

    public String getHost() {
        return ConfigProvider.getConfig()
                .getOptionalValue("mail.hostname", String.class)
                .orElseGet(() ->
                        FacesContext.getCurrentInstance().getExternalContext().getRequestServerName());
    }

    private static Way way(Wire.Listening listener) {
        return new Way(
                listener.name(),
                listener.protocol().name(),
                listener.address().getPort(),
                listener.implicitTls() ? "implicit" : "starttls");
    }

    /** One way to reach the server. */
    public record Way(String name, String protocol, int port, String tls) {}
}
