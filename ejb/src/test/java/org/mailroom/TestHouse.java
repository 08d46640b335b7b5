package org.mailroom;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.DirectoryChanged;

/**
 * Beans on a real database without a server: what is injected is made, and entity manager and data source share the
 * connection of {@link #inTransaction}, as they do in the server. Rights are not checked here.
 */
public final class TestHouse {
    /** The connection of the transaction on this thread, for the entity managers of all houses. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private final DataSource database;
    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final ThreadLocal<Connection> transaction = new ThreadLocal<>();
    private final ThreadLocal<EntityManager> entities = new ThreadLocal<>();
    private final ThreadLocal<Boolean> undone = ThreadLocal.withInitial(() -> false);
    private String caller = "tester";
    private Set<String> roles = Set.of("administrator");
    private int changes;

    public TestHouse(DataSource database) {
        this.database = database;
    }

    /** One for all houses: to make it costs more than most tests. It keeps nothing of what it reads. */
    private static final class Entities {
        static final EntityManagerFactory FACTORY = Persistence.createEntityManagerFactory(
                "mail",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", ofTheTransaction(),
                        "eclipselink.weaving", "false",
                        "eclipselink.logging.level", "WARNING"));

        private static DataSource ofTheTransaction() {
            return proxy(DataSource.class, (method, values) -> switch (method.getName()) {
                case "getConnection" -> left(CURRENT.get());
                case "hashCode" -> 1;
                case "equals" -> values[0] instanceof DataSource;
                default -> null;
            });
        }
    }

    /** How often the directory was said to have changed. */
    public int changes() {
        return changes;
    }

    /** A bean that the test made itself; before those that need it. */
    public <T> void put(Class<T> type, T bean) {
        beans.put(type, bean);
    }

    /** The bean of a class, with all that it needs. */
    public <T> T bean(Class<T> type) {
        var known = beans.get(type);
        if (known != null) {
            return type.cast(known);
        }
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            var bean = constructor.newInstance();
            beans.put(type, bean);
            for (var field : type.getDeclaredFields()) {
                inject(bean, field);
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private void inject(Object bean, Field field) throws IllegalAccessException {
        boolean injected = field.isAnnotationPresent(Inject.class)
                || field.isAnnotationPresent(Resource.class)
                || field.isAnnotationPresent(PersistenceContext.class);
        if (!injected) {
            return;
        }
        field.setAccessible(true);
        var type = field.getType();
        if (type == DataSource.class) {
            field.set(bean, shared());
        } else if (type == EntityManager.class) {
            field.set(bean, proxy(EntityManager.class, (method, values) -> method.invoke(entities.get(), values)));
        } else if (type == SessionContext.class) {
            field.set(bean, proxy(SessionContext.class, this::onSession));
        } else if (type == Event.class) {
            field.set(bean, proxy(Event.class, (method, values) -> {
                changes += values[0] instanceof DirectoryChanged ? 1 : 0;
                return null;
            }));
        } else if (type == ManagedExecutorService.class) {
            field.set(bean, proxy(ManagedExecutorService.class, (method, values) -> {
                ((Runnable) values[0]).run();
                return null;
            }));
        } else if (!type.isInterface()) {
            field.set(bean, bean(type));
        }
    }

    private @Nullable Object onSession(Method method, Object[] values) {
        return switch (method.getName()) {
            case "isCallerInRole" -> roles.contains(values[0].toString());
            case "getCallerPrincipal" -> (Principal) () -> caller;
            default -> {
                undone.set(undone.get() || method.getName().equals("setRollbackOnly"));
                yield null;
            }
        };
    }

    /** Who asks from now on, and what he is; at first it is an administrator. */
    public void caller(String name, String... hisRoles) {
        caller = name;
        roles = Set.of(hisRoles);
    }

    /** Commits what the work did, or rolls it back when it throws or asks for it. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            transaction.set(connection);
            CURRENT.set(connection);
            undone.set(false);
            var manager = Entities.FACTORY.createEntityManager();
            entities.set(manager);
            manager.getTransaction().begin();
            boolean done = false;
            try {
                var result = work.call();
                manager.getTransaction().commit();
                done = true;
                return result;
            } finally {
                transaction.remove();
                CURRENT.remove();
                entities.remove();
                manager.close();
                if (done && !undone.get()) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
        }
    }

    /** Hands out the transaction's connection, which only {@link #inTransaction} ends; outside, one that commits by itself. */
    public DataSource shared() {
        return proxy(DataSource.class, (method, values) -> {
            var current = transaction.get();
            return current == null || !method.getName().equals("getConnection")
                    ? method.invoke(database, values)
                    : left(current);
        });
    }

    /** The connection, for those who may use it and not end it. */
    private static Connection left(Connection connection) {
        return proxy(Connection.class, (call, arguments) -> onConnection(connection, call, arguments));
    }

    private static Object onConnection(Connection connection, Method call, Object[] arguments)
            throws ReflectiveOperationException {
        return Set.of("close", "commit", "rollback", "setAutoCommit").contains(call.getName())
                ? null
                : call.invoke(connection, arguments);
    }

    @FunctionalInterface
    private interface Call {
        Object on(Method method, Object[] arguments) throws ReflectiveOperationException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    try {
                        return call.on(method, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
