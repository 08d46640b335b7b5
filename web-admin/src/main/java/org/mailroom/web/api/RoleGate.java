package org.mailroom.web.api;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;

/**
 * Whoever may not do a thing at all hears that before anybody looks at what he sent. The beans behind judge again, and by domain;
 * here calls are named that read a body first.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RoleGate implements ContainerRequestFilter {
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var allowed = resource.getResourceMethod().getAnnotation(RolesAllowed.class);
        var caller = request.getSecurityContext();
        if (allowed != null && Arrays.stream(allowed.value()).noneMatch(caller::isUserInRole)) {
            throw new Refusal(403, "The caller may not do that");
        }
    }
}
