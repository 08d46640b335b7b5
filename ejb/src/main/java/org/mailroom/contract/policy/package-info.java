/** What other applications on the server may implement. Arrow: the JDK only. */
@NullMarked
package org.mailroom.contract.policy;

import org.jspecify.annotations.NullMarked;
