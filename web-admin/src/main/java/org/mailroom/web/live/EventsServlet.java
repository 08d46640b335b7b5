package org.mailroom.web.live;

import jakarta.annotation.Resource;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.News;
import org.mailroom.web.site.Requests;

/**
 * Server-sent events (HTML §9.2): a mark of what is to be seen, whenever it has changed. The page's script then fetches the page, so
 * there is one place that knows how things look. Whether the reader may see them is judged by the bean that he asks, anew with
 * each stream, and a stream ends after some minutes.
 */
@ManagedExecutorDefinition(name = "java:module/mailroom/live", virtual = true)
public class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String PATH = "/events/";

    /** An administrator has a few pages open; a loop in a browser must not take all threads. */
    private static final int MOST = 100;

    private final transient Semaphore places = new Semaphore(MOST);

    @Resource(lookup = "java:module/mailroom/live")
    private transient ManagedExecutorService executor;

    @Inject
    private transient Topics topics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var news = news(request, response);
        if (news.isEmpty()) {
            return;
        }
        if (!places.tryAcquire()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("X-Accel-Buffering", "no"); // for a proxy before us
        var async = request.startAsync();
        async.setTimeout(0);
        start(async, new Stream(news.get(), response));
    }

    private Optional<News> news(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            return Optional.of(topics.find(Requests.path(request).substring(PATH.length())));
        } catch (AdminException gone) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (EJBAccessException | AccessLocalException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
        return Optional.empty();
    }

    private void start(AsyncContext async, Stream stream) {
        try {
            executor.execute(() -> {
                try {
                    stream.run();
                } finally {
                    end(async);
                }
            });
        } catch (RejectedExecutionException stopping) {
            end(async);
        }
    }

    private void end(AsyncContext async) {
        places.release();
        async.complete();
    }
}
