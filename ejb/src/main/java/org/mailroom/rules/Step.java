package org.mailroom.rules;

/** When a condition can be answered; a rule is asked at the last of its conditions' steps. */
enum Step {
    CONNECTION,
    SENDER,
    RECIPIENT,
    CONTENT
}
