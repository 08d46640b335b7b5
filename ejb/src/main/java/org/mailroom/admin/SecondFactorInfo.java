package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the console asks of somebody beside his password.
 *
 * @param since null: nothing
 * @param offered whether a secret waits for its first code
 * @param recoveryCodes that are left
 * @param demanded whether his role needs it
 */
public record SecondFactorInfo(@Nullable Instant since, boolean offered, int recoveryCodes, boolean demanded) {}
