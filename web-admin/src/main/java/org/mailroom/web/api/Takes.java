package org.mailroom.web.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fields of the object that a call takes, for the description of the API. A field is written as
 * {@code name shape = example}; the name of one that may be left out ends in a question mark; a shape is {@code text},
 * {@code truth}, {@code number}, {@code texts}, {@code numbers} or {@code object}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Takes {
    String[] value();
}
