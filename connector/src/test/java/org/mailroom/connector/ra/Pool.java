package org.mailroom.connector.ra;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/** Hands out so many endpoints at a time and refuses the next, as the container does. */
final class Pool implements MessageEndpointFactory {
    final AtomicInteger taken = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final Class<?> contract;
    private final Object bean;
    private final int size;

    <T> Pool(Class<T> contract, T bean, int size) {
        this.contract = contract;
        this.bean = bean;
        this.size = size;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (taken.incrementAndGet() > size) {
            taken.decrementAndGet();
            throw new UnavailableException("pool of " + size);
        }
        most.accumulateAndGet(taken.get(), Math::max);
        return (MessageEndpoint) Proxy.newProxyInstance(
                Pool.class.getClassLoader(),
                new Class<?>[] {MessageEndpoint.class, contract},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("release")) {
                        taken.decrementAndGet();
                        return null;
                    }
                    try {
                        return method.invoke(bean, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return false;
    }

    @Override
    public String getActivationName() {
        return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
        return bean.getClass();
    }
}
