package org.mailroom.admin;

/**
 * Something that was looked for.
 *
 * @param kind {@code account}, {@code alias}, {@code group}, {@code shared}, {@code domain}, {@code queue}, {@code message} or
 *     {@code setting}
 * @param id as its own page or list knows it
 * @param name for people
 * @param about one line more; may be empty
 */
public record Found(String kind, String id, String name, String about) {}
