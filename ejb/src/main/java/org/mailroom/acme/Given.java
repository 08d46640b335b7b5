package org.mailroom.acme;

import java.security.PrivateKey;
import java.util.Base64;

/**
 * What an authority gave.
 *
 * @param chain in PEM, the server's own certificate first
 * @param key its private key in PEM (PKCS #8)
 */
public record Given(String chain, String key) {
    static Given of(String chain, PrivateKey key) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return new Given(chain, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "Given[" + chain.length() + " characters]";
    }
}
