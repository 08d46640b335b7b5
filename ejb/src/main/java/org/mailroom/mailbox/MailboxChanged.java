package org.mailroom.mailbox;

/** A transaction changed this mailbox; heard after the commit, and only then. */
public record MailboxChanged(long mailbox) {}
