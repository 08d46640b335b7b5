package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A setting that was another when a node started than when it started before.
 *
 * @param at when the node started with it
 * @param before empty: the default; of a secret, dots
 * @param source where it comes from now, as {@link SettingInfo#source} says
 * @param owner to whom the file belonged that says so; empty where it is not from the file
 * @param written when that file was last written by then; null where it is not from the file
 */
public record SettingChange(
        Instant at,
        String node,
        String key,
        String before,
        String after,
        String source,
        String owner,
        @Nullable Instant written) {}
