/** The whole of Mailroom as its users meet it: the real EAR in a real server, real sockets, a real database. */
package org.mailroom.system;
