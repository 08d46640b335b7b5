package org.mailroom.web.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists that are answered whole are answered in parts to whoever asks for {@code offset} or {@code limit}; how many there are
 * in all stands in the field {@code X-Total-Count}. Their order is that of the beans behind, which is always the same.
 */
@Provider
public class ListPaging implements ContainerResponseFilter {
    static final String TOTAL = "X-Total-Count";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == 200 && response.getEntity() instanceof List<?> all) {
            var wanted = request.getUriInfo().getQueryParameters();
            response.getHeaders().putSingle(TOTAL, all.size());
            if (wanted.containsKey("offset") || wanted.containsKey("limit")) {
                int from = Math.min(all.size(), Paging.offset(or(wanted.getFirst("offset"), "0")));
                int most = Paging.limit(or(wanted.getFirst("limit"), "1000"));
                // The type stays as it was told: it says how the rows are written.
                response.setEntity(
                        List.copyOf(all.subList(from, Math.min(all.size(), from + most))),
                        response.getEntityAnnotations(),
                        response.getMediaType());
            }
        }
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
