package org.mailroom.admin;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param total how many there are in all
 */
public record Page<T>(List<T> rows, long total) {
    public Page {
        rows = List.copyOf(rows);
    }
}
