package org.mailroom.contract.relay;

import java.util.List;

/**
 * What a host said to one message.
 *
 * @param outcomes in the order of the envelope's recipients, one each
 * @param tls protocol and cipher suite, or empty in the clear
 */
public record DeliveryReport(List<Outcome> outcomes, String tls) {
    public DeliveryReport {
        outcomes = List.copyOf(outcomes);
    }
}
