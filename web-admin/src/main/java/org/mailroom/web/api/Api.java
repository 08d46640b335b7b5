package org.mailroom.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Where the API lives; a change that breaks callers gets a number of its own. */
@ApplicationPath("/api/v1")
public class Api extends Application {
    /** The API is described by OpenAPI; nobody reads WADL. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
