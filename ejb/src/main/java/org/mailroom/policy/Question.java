package org.mailroom.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Resolution;
import org.mailroom.message.ParsedMessage;

/** What a policy is asked about: with each step of the mail transaction, more is known. */
public sealed interface Question {
    Client client();

    /** What was found out so far; a policy may add to it. */
    Facts facts();

    /** Whether an account of ours stands behind the client. */
    default boolean isSubmission() {
        return client().login() != null;
    }

    record Connection(Client client, Facts facts) implements Question {}

    /** @param envelope without recipients yet */
    record Sender(Client client, Envelope envelope, Facts facts) implements Question {}

    /**
     * @param envelope with the recipients that were accepted so far
     * @param resolution what the directory says of the address
     */
    record Recipient(Client client, Envelope envelope, Envelope.Recipient recipient, Resolution resolution, Facts facts)
            implements Question {}

    /**
     * @param queueId the id that the message will have if it is taken
     * @param source the message as it would be kept, which is what was parsed: Return-Path and our Received come first
     */
    record Content(
            Client client, Envelope envelope, String queueId, ParsedMessage parsed, MessageSource source, Facts facts)
            implements Question {
        /** Reads the header anew at each call. */
        public Header header() {
            try {
                return Header.read(source, parsed.headerSize());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
