package org.mailroom.admin;

/**
 * What an authenticator app is told, once.
 *
 * @param secret base32
 * @param uri with all that an app wants to know, for a QR code
 */
public record SecondFactorOffer(String secret, String uri) {
    @Override
    public String toString() {
        return "SecondFactorOffer";
    }
}
