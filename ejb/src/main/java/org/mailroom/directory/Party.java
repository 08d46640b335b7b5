package org.mailroom.directory;

import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * Somebody who can be given rights: an account, or a group with all its members.
 *
 * @param account null where it is a group
 * @param group its number, null where it is an account
 * @param address under which it is kept
 * @param shared whether it is an account in which nobody logs in
 */
public record Party(@Nullable AccountId account, @Nullable Long group, String address, boolean shared) {}
