package org.mailroom.sendmail;

/** How it ended, in the codes of sysexits.h that programs know. */
enum Exit {
    OK(0),
    USAGE(64),
    DATA(65),
    NO_USER(67),
    UNAVAILABLE(69),
    SOFTWARE(70),
    TRY_AGAIN(75),
    NOT_ALLOWED(77),
    CONFIGURATION(78);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** What a program should take an SMTP reply for. */
    static Exit of(int reply) {
        if (reply >= 400 && reply < 500) {
            return TRY_AGAIN;
        }
        return switch (reply) {
            case 550, 551, 553 -> NO_USER;
            case 530, 534, 535, 554 -> NOT_ALLOWED;
            case 552 -> DATA;
            default -> UNAVAILABLE;
        };
    }
}
