package org.mailroom.connector.memory;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.login.Logins.ScramChallenge;

/** The server's side of SCRAM by somebody else's library, from a password in the clear. */
final class ScramKeys {
    private static final ScramMechanism SHA256 = ScramMechanism.SCRAM_SHA_256;

    private final byte[] clientKey;
    private final byte[] serverKey;

    ScramKeys(String password, ScramChallenge challenge) {
        var salted = ScramFunctions.saltedPassword(
                SHA256,
                StringPreparation.NO_PREPARATION,
                password.toCharArray(),
                challenge.salt(),
                challenge.iterations());
        clientKey = ScramFunctions.clientKey(SHA256, salted);
        serverKey = ScramFunctions.serverKey(SHA256, salted);
    }

    byte[] proof(byte[] authMessage) {
        var signature = ScramFunctions.clientSignature(
                SHA256, ScramFunctions.storedKey(SHA256, clientKey), new String(authMessage, StandardCharsets.UTF_8));
        return ScramFunctions.clientProof(clientKey, signature);
    }

    byte[] serverSignature(byte[] authMessage) {
        return ScramFunctions.serverSignature(
                SHA256, serverKey, new String(authMessage, StandardCharsets.UTF_8));
    }
}
