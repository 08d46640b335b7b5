package org.mailroom.admin;

import org.jspecify.annotations.Nullable;

/**
 * Where mail for addresses of a certain form goes, which nobody in the domain has.
 *
 * @param pattern of the whole local part, in any case
 * @param regular whether it is a regular expression; else {@code *} stands for any text and {@code ?} for any character
 * @param target an address, or a local part of the same domain; {@code $1} to {@code $9} stand for what was caught
 * @param rank lower ones are tried first; null in a wish: where it is, or behind all others
 */
public record RewriteInfo(
        String domain,
        String pattern,
        boolean regular,
        String target,
        @Nullable Integer rank) {}
