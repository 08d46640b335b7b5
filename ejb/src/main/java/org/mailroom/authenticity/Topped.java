package org.mailroom.authenticity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.MessageSource;

/** A message with fields of ours on top. */
@SuppressWarnings("ArrayRecordComponent") // made once, read a few times, never compared
record Topped(byte[] fields, MessageSource message) implements MessageSource {
    static MessageSource with(String fields, MessageSource message) {
        return new Topped(fields.getBytes(StandardCharsets.ISO_8859_1), message);
    }

    @Override
    public long size() {
        return fields.length + message.size();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(fields), message.open());
    }
}
