/** Who a client is: the wire collects the proof, the house judges it. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.contract.login;

import org.jspecify.annotations.NullMarked;
