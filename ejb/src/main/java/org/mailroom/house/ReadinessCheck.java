package org.mailroom.house;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether clients may be sent here: the schema is current, the database answers, and the listeners are open. */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {
    @Inject
    private State state;

    @Override
    public HealthCheckResponse call() {
        var problem = state.unready();
        var response = HealthCheckResponse.named("mailroom").status(problem.isEmpty());
        return (problem.isEmpty() ? response : response.withData("problem", problem)).build();
    }
}
