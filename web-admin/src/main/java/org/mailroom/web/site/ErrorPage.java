package org.mailroom.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;

/** Says what went wrong in one sentence, and never how the inside looks. */
@Named
@RequestScoped
public class ErrorPage {
    @Inject
    private Texts texts;

    public int getStatus() {
        var attributes = FacesContext.getCurrentInstance().getExternalContext().getRequestMap();
        return attributes.get(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 500;
    }

    public String getTitle() {
        return texts.of("error." + kind() + ".title");
    }

    public String getText() {
        return texts.of("error." + kind() + ".text");
    }

    private String kind() {
        return switch (getStatus()) {
            case 403 -> "403";
            case 404, 410 -> "404";
            default -> getStatus() < 500 ? "400" : "500";
        };
    }
}
