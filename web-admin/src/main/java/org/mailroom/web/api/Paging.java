package org.mailroom.web.api;

/** Which part of a long list a caller gets. */
final class Paging {
    private static final int LONGEST = 1000;

    private Paging() {}

    static int offset(String wanted) {
        return Math.max(0, number(wanted));
    }

    static int limit(String wanted) {
        return Math.clamp(number(wanted), 1, LONGEST);
    }

    private static int number(String wanted) {
        try {
            return Integer.parseInt(wanted);
        } catch (NumberFormatException noNumber) {
            throw new Refusal(400, "\"offset\" and \"limit\" are whole numbers");
        }
    }
}
