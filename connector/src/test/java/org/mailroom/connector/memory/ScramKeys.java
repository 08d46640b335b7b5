package org.mailroom.connector.memory;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.login.Logins.ScramChallenge;
import org.mailroom.contract.login.Logins.ScramHash;

/** The server's side of SCRAM by somebody else's library, from a password in the clear. */
final class ScramKeys {
    private final ScramMechanism mechanism;
    private final byte[] clientKey;
    private final byte[] serverKey;

    ScramKeys(ScramHash hash, String password, ScramChallenge challenge) {
        mechanism = switch (hash) {
            case SHA_256 -> ScramMechanism.SCRAM_SHA_256;
            case SHA_1 -> ScramMechanism.SCRAM_SHA_1;
        };
        var salted = ScramFunctions.saltedPassword(
                mechanism,
                StringPreparation.NO_PREPARATION,
                password.toCharArray(),
                challenge.salt(),
                challenge.iterations());
        clientKey = ScramFunctions.clientKey(mechanism, salted);
        serverKey = ScramFunctions.serverKey(mechanism, salted);
    }

    byte[] proof(byte[] authMessage) {
        var signature = ScramFunctions.clientSignature(
                mechanism,
                ScramFunctions.storedKey(mechanism, clientKey),
                new String(authMessage, StandardCharsets.UTF_8));
        return ScramFunctions.clientProof(clientKey, signature);
    }

    byte[] serverSignature(byte[] authMessage) {
        return ScramFunctions.serverSignature(mechanism, serverKey, new String(authMessage, StandardCharsets.UTF_8));
    }
}
