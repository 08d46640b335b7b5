package org.mailroom.queue;

/**
 * What an operator does to a part of the queue.
 *
 * @param sql what changes in {@code queued_recipient}
 * @param which of the chosen rows it concerns
 * @param story what the trace tells
 */
record QueueDeed(String sql, String which, String value, boolean wakes, String story) {
    private static final String DUE =
            "state = 'waiting', next_attempt = now(), held_by = '', held_at = NULL, interruptions = 0";
    private static final String NOT_LEASED = "r.state <> 'sending'";

    /** Makes due whatever nobody sends just now, held or set aside as it may be. */
    static QueueDeed retry() {
        return new QueueDeed(DUE + ", released = true", NOT_LEASED, "", true, "an attempt at once");
    }

    static QueueDeed hold(String who) {
        return new QueueDeed(
                "state = 'held', held_by = ?, held_at = now(), released = false",
                NOT_LEASED + " AND (r.state <> 'held' OR r.held_by = '')",
                who,
                false,
                "held");
    }

    /** Lets go what somebody, or its route, holds. */
    static QueueDeed release() {
        return new QueueDeed(DUE + ", released = true", "r.state = 'held'", "", true, "released");
    }

    /** @param route hosts as {@code RouteTarget} writes them; empty: as without an operator */
    static QueueDeed reroute(String route) {
        var story = route.isEmpty() ? "leaves on its usual way again" : "leaves by " + route;
        return new QueueDeed(DUE + ", released = true, route = ?", NOT_LEASED, route, true, story);
    }

    static QueueDeed giveUp(String who) {
        return new QueueDeed(DUE + ", given_up = ?", NOT_LEASED, who, true, "returned to its sender");
    }
}
