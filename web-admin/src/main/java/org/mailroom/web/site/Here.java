package org.mailroom.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Where the reader is: which page, about which thing, and how to go elsewhere. */
@Named
@RequestScoped
public class Here {
    /** The account, queue entry or message that the path names; may be empty, and is whatever somebody typed. */
    public String subject() {
        return Objects.toString(external().getRequestMap().get(PathFilter.SUBJECT), "");
    }

    /** Whether a link of the navigation leads to this page or to the list above it. */
    public boolean within(String page) {
        String path = Objects.toString(external().getRequestMap().get(PathFilter.PATH), "");
        return path.equals(page) || (page.length() > 1 && path.startsWith(page + "/"));
    }

    /** A parameter of the request, or the empty text. */
    public String parameter(String name) {
        return Objects.toString(external().getRequestParameterMap().get(name), "")
                .strip();
    }

    /** All values of a parameter, as of boxes that were ticked. */
    public List<String> all(String name) {
        var values = external().getRequestParameterValuesMap().get(name);
        return values == null ? List.of() : List.of(values);
    }

    /**
     * The value of the button of this name that was pressed in a table's row, or the empty text. Only a form of ours counts
     * (its view state proves that), never a link that somebody else made.
     */
    public String chosen(String button) {
        return FacesContext.getCurrentInstance().isPostback() ? parameter(button) : "";
    }

    /** After a change: the browser fetches the page anew, so that a reload does not repeat the change. */
    public void go(String address) {
        try {
            external().redirect(address);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Fetches this page anew. */
    public void again() {
        go(external().getRequestContextPath()
                + Objects.toString(external().getRequestMap().get(PathFilter.PATH), "/"));
    }

    /** Answers that there is no such page, as for an address that was mistyped. */
    public void missing() {
        try {
            external().responseSendError(404, "");
            FacesContext.getCurrentInstance().responseComplete();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}
