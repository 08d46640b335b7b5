package org.mailroom.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Paths;
import org.mailroom.web.site.Texts;

/** In and out. */
@Named
@RequestScoped
public class LoginPage {
    @Inject
    private SecurityContext security;

    @Inject
    private Here here;

    @Inject
    private Links links;

    @Inject
    private Texts texts;

    private String address = "";
    private String password = "";

    public void login() {
        var external = FacesContext.getCurrentInstance().getExternalContext();
        var request = (HttpServletRequest) external.getRequest();
        var status = security.authenticate(
                request,
                (HttpServletResponse) external.getResponse(),
                AuthenticationParameters.withParams()
                        .credential(new ConsoleCredential(address.strip(), password, request.getRemoteAddr())));
        if (status == AuthenticationStatus.SUCCESS) {
            here.go(links.to(wanted()));
        } else {
            FacesContext.getCurrentInstance()
                    .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, texts.of("login.wrong"), null));
        }
    }

    public void logout() throws ServletException {
        var request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        request.logout();
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        here.go(links.to("/login"));
    }

    /** The page that the reader came for: one of ours or the first, never an address that somebody else chose. */
    public String wanted() {
        return wanted(here.parameter("to"));
    }

    static String wanted(String address) {
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        // The text becomes a header field: nothing may end the line.
        boolean safe = address.chars().allMatch(character -> character > ' ' && character < 0x7F);
        return safe && !path.equals("/login") && Paths.find(path).isPresent() ? address : "/";
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
