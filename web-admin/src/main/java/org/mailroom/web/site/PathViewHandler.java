package org.mailroom.web.site;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;

/** Forms post back to the path under which their page was asked for. */
public class PathViewHandler extends ViewHandlerWrapper {
    public PathViewHandler(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public String getActionURL(FacesContext faces, String view) {
        var external = faces.getExternalContext();
        var request = external.getRequestMap();
        if (view.equals(request.get(PathFilter.VIEW)) && request.get(PathFilter.PATH) instanceof String path) {
            return external.getRequestContextPath() + path;
        }
        return super.getActionURL(faces, view);
    }
}
