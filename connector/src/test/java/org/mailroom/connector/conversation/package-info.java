/** Golden conversations: text files that a client and a server play over a real socket. Arrow: knows no protocol. */
package org.mailroom.connector.conversation;
