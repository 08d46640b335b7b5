/**
 * What crosses between the wire (connector), the screen (web-admin) and the house (ejb): interfaces and records that need
 * nothing but the JDK. Arrow: everybody may import it; it imports nobody.
 */
@NullMarked
package org.mailroom.contract;

import org.jspecify.annotations.NullMarked;
