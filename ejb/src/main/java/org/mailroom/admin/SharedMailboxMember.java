package org.mailroom.admin;

/**
 * Who shares a mailbox.
 *
 * @param member the address of an account or a group, or {@code anyone}
 * @param rights in all its mailboxes: none, read, work, all, or letters of RFC 4314
 * @param sends under its address: no, as, or on-behalf
 */
public record SharedMailboxMember(String member, String rights, String sends) {}
