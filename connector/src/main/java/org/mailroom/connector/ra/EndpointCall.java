package org.mailroom.connector.ra;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.HouseUnavailableException;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.receive.Verdict;

/**
 * A contract interface of which every method is one call of an endpoint, taken from the container for that call and given
 * back. The container hands out as many as its pool holds and refuses the next at once, so calls queue here, where
 * waiting costs nothing but a parked virtual thread.
 *
 * <p>A method's transaction begins and ends inside the call, as the bean declares it: what returns is committed.
 */
final class EndpointCall implements InvocationHandler {
    private static final System.Logger LOG = System.getLogger(EndpointCall.class.getName());
    private static final String TEXT = "The server is busy; try again later";

    private final MessageEndpointFactory factory;
    private final Semaphore permits;
    private final Duration longestWait;

    private EndpointCall(MessageEndpointFactory factory, int calls, Duration longestWait) {
        this.factory = factory;
        this.permits = new Semaphore(calls);
        this.longestWait = longestWait;
    }

    /**
     * @param calls at a time; at most the size of the endpoint's pool
     * @param longestWait for a permit, after which the house counts as unavailable
     */
    static <T> T of(Class<T> contract, MessageEndpointFactory factory, int calls, Duration longestWait) {
        return contract.cast(Proxy.newProxyInstance(
                EndpointCall.class.getClassLoader(),
                new Class<?>[] {contract},
                new EndpointCall(factory, calls, longestWait)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        if (!permitted()) {
            return unavailable(method, "no permit in " + longestWait);
        }
        try {
            return call(method, arguments);
        } catch (UnavailableException none) {
            return unavailable(method, String.valueOf(none.getMessage()));
        } finally {
            permits.release();
        }
    }

    private boolean permitted() {
        try {
            return permits.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException halted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        // No XAResource: there is nothing of the wire's to roll back.
        MessageEndpoint endpoint = factory.createEndpoint(null);
        try {
            return method.invoke(endpoint, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        } finally {
            endpoint.release();
        }
    }

    /** In the words of the method that was called. */
    private static Object unavailable(Method method, String why) throws MailException {
        LOG.log(Level.WARNING, "call={0} status=unavailable problem={1}", method.getName(), why);
        if (method.getReturnType() == Verdict.class) {
            return new Verdict.Defer(Reason.UNAVAILABLE, "wire", TEXT);
        }
        if (method.getReturnType() == LoginVerdict.class) {
            return new LoginVerdict.Unavailable(TEXT);
        }
        if (Arrays.asList(method.getExceptionTypes()).contains(MailException.class)) {
            throw new MailException(Reason.UNAVAILABLE, TEXT);
        }
        throw new HouseUnavailableException(TEXT);
    }
}
