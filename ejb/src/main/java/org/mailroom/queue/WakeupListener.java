package org.mailroom.queue;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;

/** Hears that a message was queued, here or on another node. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/mailroom/wakeup"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "connectionFactoryLookup", propertyValue = "jms/mailroom/factory")
        })
public class WakeupListener implements MessageListener {
    private static final System.Logger LOG = System.getLogger(WakeupListener.class.getName());
    private static final String NOW = " now";

    @Inject
    private DeliveryAgent agent;

    /** The id of the queued message, and whether it must not wait. */
    static String text(QueueGrew event) {
        return event.id() + (event.now() ? NOW : "");
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onMessage(Message message) {
        try {
            if (message instanceof TextMessage text && text.getText().matches("\\d{1,18}(" + NOW + ")?")) {
                var words = text.getText().split(" ");
                agent.wake(Long.parseLong(words[0]), words.length > 1);
            }
        } catch (JMSException e) {
            LOG.log(System.Logger.Level.WARNING, "wakeup status=unreadable cause=" + e.getMessage());
        }
    }
}
