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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.mailroom.admin.ConsoleLogin;
import org.mailroom.admin.ConsoleLogin.Entry;
import org.mailroom.admin.OpenIdLogin;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Paths;
import org.mailroom.web.site.Texts;

/** In and out. */
@Named
@RequestScoped
public class LoginPage {
    @Inject
    private ConsoleLogin logins;

    @Inject
    private SecurityContext security;

    @Inject
    private Here here;

    @Inject
    private Links links;

    @Inject
    private Texts texts;

    @Inject
    private OpenIdLogin elsewhere;

    private String address = "";
    private String password = "";
    private String code = "";

    /** The first step: whose password it is. */
    public void login() {
        step(logins.login(address.strip(), password, request().getRemoteAddr()), "login.wrong");
    }

    /** The second: the code of his device. */
    public void confirm() {
        HalfWay.in(request().getSession(false))
                .ifPresentOrElse(
                        half -> step(
                                logins.confirm(half.address(), code, request().getRemoteAddr()), "login.wrongCode"),
                        () -> problem(texts.of("login.tooLate")));
    }

    /** Whether the password was right and the code is asked for. */
    public boolean isHalfWay() {
        return HalfWay.in(request().getSession(false)).isPresent();
    }

    private void step(Entry entry, String otherwise) {
        switch (entry) {
            case Entry.Admitted admitted -> enter(admitted);
            case Entry.CodeWanted(var whose) -> HalfWay.begin(request().getSession(), whose);
            case Entry.Refused() -> problem(texts.of(otherwise));
            case Entry.Later(var why) -> problem(texts.said(why));
        }
    }

    private void enter(Entry.Admitted admitted) {
        var response = (HttpServletResponse)
                FacesContext.getCurrentInstance().getExternalContext().getResponse();
        var status = security.authenticate(
                request(), response, AuthenticationParameters.withParams().credential(new Admission(admitted)));
        if (status == AuthenticationStatus.SUCCESS) {
            HalfWay.end(request().getSession());
            here.go(links.to(wanted()));
        } else {
            problem(texts.of("login.wrong"));
        }
    }

    private static void problem(String said) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, said, null));
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
    }

    public void logout() throws ServletException {
        var request = request();
        request.logout();
        var session = request.getSession(false);
        if (session != null && session.getAttribute(OpenIdServlet.TOKEN) != null) {
            // A form may lead nowhere but here, so the way to the issuer is a step of its own.
            session.removeAttribute(Caller.ATTRIBUTE);
            here.go(links.to(OpenIdServlet.PATH + "out"));
            return;
        }
        if (session != null) {
            session.invalidate();
        }
        here.go(links.to("/login"));
    }

    /** What the way in by an issuer elsewhere is called; empty where there is none. */
    public String getElsewhere() {
        return elsewhere
                .label()
                .map(label -> label.isEmpty() ? texts.of("login.elsewhere") : label)
                .orElse("");
    }

    /** Where that begins. */
    public String getElsewhereAddress() {
        return links.to(OpenIdServlet.PATH + "begin?to=" + URLEncoder.encode(wanted(), StandardCharsets.UTF_8));
    }

    /** Whether somebody came back whom the issuer did not vouch for, or who has no account here. */
    public boolean isRefusedElsewhere() {
        return here.parameter("openid").equals("failed");
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

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }
}
