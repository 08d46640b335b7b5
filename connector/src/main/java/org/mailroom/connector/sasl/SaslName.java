package org.mailroom.connector.sasl;

import org.mailroom.connector.sasl.Mechanism.MalformedMessage;

/** A name in a message of SCRAM or GS2 (RFC 5802 §5.1): comma and equals sign are escaped. */
final class SaslName {
    private SaslName() {}

    static String decode(String text) throws MalformedMessage {
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '=') {
                name.append(c);
            } else if (text.startsWith("=2C", i)) {
                name.append(',');
                i += 2;
            } else if (text.startsWith("=3D", i)) {
                name.append('=');
                i += 2;
            } else {
                throw new MalformedMessage();
            }
        }
        return name.toString();
    }
}
