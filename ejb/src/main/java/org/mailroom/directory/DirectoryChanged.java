package org.mailroom.directory;

/** Fired in the transaction that changes the directory; what is remembered of it is forgotten after the commit. */
public record DirectoryChanged() {}
