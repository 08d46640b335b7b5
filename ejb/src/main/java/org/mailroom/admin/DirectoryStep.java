package org.mailroom.admin;

/** One step of trying a directory, such as {@code bind}. */
public record DirectoryStep(String server, String step, boolean good, String text) {}
