package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order at an authority (ACME), watched to its end. */
final class CertificateOrder {
    private static final String PATH = "/certificates/acme";
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final int PAUSE = 1000;

    private final Api api;
    private int told;

    CertificateOrder(Api api) {
        this.api = api;
    }

    void setUp(String directory, @Nullable String contact, List<String> names, boolean agreed) {
        var wish = Json.createObjectBuilder()
                .add("directory", directory)
                .add("contact", contact == null ? "" : contact)
                .add("names", Json.createArrayBuilder(names))
                .add("agreed", agreed);
        api.patient("PUT", PATH, wish.build());
    }

    void run() {
        var state = api.patient(
                        "POST", PATH + "/orders", Json.createObjectBuilder().build())
                .object();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (state.getString("state").equals("ordering") && System.nanoTime() < end) {
            tell(state);
            pause();
            state = api.get(PATH).object();
        }
        tell(state);
        if (!state.getString("state").equals("issued")) {
            throw new Trouble("there is no new certificate: " + Table.printable(state.getString("trouble")));
        }
        System.out.println("Is shown from now on: " + names(state) + ", until " + Table.text(state.get("until"))
                + ". The next one is ordered by itself, at " + Table.text(state.get("next")) + ".");
    }

    void show() {
        var state = api.get(PATH).object();
        for (var name :
                List.of("state", "directory", "terms", "contact", "names", "ordered", "until", "next", "trouble")) {
            System.out.printf("%-10s %s%n", name, Table.text(state.get(name)));
        }
        tell(state);
    }

    void off() {
        api.delete(PATH);
        System.out.println("Nothing is ordered any more; the certificate that is shown stays.");
    }

    private static String names(JsonObject state) {
        return Table.text(state.get("names"));
    }

    /** The steps that were not told yet. */
    private void tell(JsonObject state) {
        var steps = state.getJsonArray("steps").getValuesAs(JsonObject.class);
        for (; told < steps.size(); told++) {
            var step = steps.get(told);
            System.out.printf(
                    "%-12s %-7s %s%n",
                    step.getString("step"),
                    step.getBoolean("good") ? "ok" : "FAILED",
                    Table.printable(step.getString("said")));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted; the order goes on: ./mailroom certificate acme tells how", e);
        }
    }
}
