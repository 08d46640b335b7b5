package org.mailroom.authenticity;

/**
 * What came of one signature.
 *
 * @param domain of the signer; empty where the signature did not say
 * @param identity i=, or what stands for it
 * @param signature how b= begins, by which one tells signatures apart (RFC 6008)
 * @param why where it did not pass
 */
record DkimResult(
        Result result,
        String domain,
        String selector,
        String identity,
        String algorithm,
        String signature,
        String why) {
    boolean passed() {
        return result == Result.PASS;
    }
}
