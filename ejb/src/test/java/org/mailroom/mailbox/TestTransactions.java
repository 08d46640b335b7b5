package org.mailroom.mailbox;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MailException;

/**
 * What the container does around a bean, on a real database: all work of a thread's transaction shares its connection, a
 * refusal or a fault rolls back, and what waits for the commit runs after it and before the caller goes on.
 */
public final class TestTransactions implements DataSource {
    private final DataSource database;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final ThreadLocal<@Nullable Open> current = new ThreadLocal<>();

    private record Open(Connection connection, List<Runnable> afterCommit) {}

    public interface Body<T> {
        T run() throws MailException;
    }

    public TestTransactions(DataSource database) {
        this.database = database;
    }

    /** As REQUIRED. */
    public <T> T required(Body<T> body) throws MailException {
        if (current.get() != null) {
            return body.run();
        }
        var open = new Open(take(), new ArrayList<>());
        current.set(open);
        T result;
        try {
            open.connection.setAutoCommit(false);
            result = body.run();
            open.connection.commit();
        } catch (MailException | RuntimeException | Error e) {
            end(open, true);
            throw e;
        } catch (SQLException e) {
            end(open, true);
            throw new IllegalStateException(e);
        }
        end(open, false);
        open.afterCommit.forEach(Runnable::run);
        return result;
    }

    private void end(Open open, boolean rollBack) {
        current.remove();
        try {
            if (rollBack) {
                open.connection.rollback();
            }
            open.connection.setAutoCommit(true);
            idle.push(open.connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void afterCommit(Runnable work) {
        var open = current.get();
        if (open == null) {
            throw new IllegalStateException("no transaction");
        }
        open.afterCommit.add(work);
    }

    private Connection take() {
        var connection = idle.poll();
        try {
            return connection == null ? database.getConnection() : connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection() {
        var open = current.get();
        var connection = open == null ? take() : open.connection;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (open == null) {
                            idle.push(connection);
                        }
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
