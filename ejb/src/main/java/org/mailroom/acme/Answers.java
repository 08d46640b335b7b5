package org.mailroom.acme;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** What the authority finds under {@code /.well-known/acme-challenge/} (RFC 8555 §8.3); every node has it, for an hour. */
@ApplicationScoped
public class Answers {
    /** RFC 8555 §8.3: 128 bits at least, in base64url. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,200}");

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    public Answers() {}

    Answers(DataSource database) {
        this.database = database;
    }

    /** @param token whatever a stranger asks for */
    public Optional<String> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT answer FROM acme_answer WHERE token = ? AND made > now() - interval '1 hour'")) {
            query.setString(1, token);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the answer for the authority could not be read", e);
        }
    }

    void put(String token, String answer) {
        execute(
                "INSERT INTO acme_answer (token, answer) VALUES (?, ?)"
                        + " ON CONFLICT (token) DO UPDATE SET answer = excluded.answer, made = now()",
                token,
                answer);
    }

    /** Of the orders that are over. */
    void clear() {
        execute("DELETE FROM acme_answer");
    }

    private void execute(String sql, String... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the answer for the authority could not be kept", e);
        }
    }
}
