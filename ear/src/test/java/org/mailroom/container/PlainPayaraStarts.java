package org.mailroom.container;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the server run, and its resources made, before Arquillian looks for it. */
class PlainPayaraStarts implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        PlainPayara.server();
    }
}
