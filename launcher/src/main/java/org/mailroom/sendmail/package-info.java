/**
 * The command by which programs of this machine send mail, as they know it from sendmail. Small and without libraries, because a
 * program waits for it. Arrow: imports nobody.
 */
@NullMarked
package org.mailroom.sendmail;

import org.jspecify.annotations.NullMarked;
