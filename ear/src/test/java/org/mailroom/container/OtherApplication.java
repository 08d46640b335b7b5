package org.mailroom.container;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** Somebody else's application on the same server, which must not notice that Mailroom comes and goes. */
@ApplicationPath("/")
public class OtherApplication extends Application {
    /** Its only page. */
    @Path("hello")
    public static class Hello {
        @GET
        public String hello() {
            return "still here";
        }
    }
}
