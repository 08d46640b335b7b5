/** Mailroom in a Payara that was there before it, beside another application, installed by the operator's scripts. */
package org.mailroom.container;
