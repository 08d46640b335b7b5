package org.mailroom.admin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall change of a directory of others; null leaves it, or takes the default of a new one.
 *
 * @param preset whose mapping it begins with: {@code openldap} or {@code active-directory}
 * @param mapping the whole mapping, as lines
 * @param lines lines of the mapping to change; an empty value takes one away
 * @param password of the one who searches; never shown again
 */
public record DirectoryWish(
        String name,
        @Nullable List<String> domains,
        @Nullable List<String> servers,
        @Nullable Boolean startTls,
        @Nullable String trust,
        @Nullable String bind,
        @Nullable String password,
        @Nullable String base,
        @Nullable String preset,
        @Nullable String mapping,
        Map<String, String> lines,
        @Nullable Boolean adopts,
        @Nullable Integer syncMinutes,
        @Nullable Integer removalLimit,
        @Nullable Boolean enabled) {
    @Override
    public String toString() {
        return "DirectoryWish " + name;
    }
}
