package org.mailroom.login;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/** What judges logins, for tests of other rooms: nothing is slowed. */
public final class LoginChecks {
    private LoginChecks() {}

    public static LoginCheck of(DataSource database) {
        var settings = new LoginSettings(1000, 1000, Duration.ofMinutes(1), List.of(), false, Duration.ofMinutes(10));
        return new LoginCheck(database, new Passwords(), settings, InstantSource.system());
    }
}
