package org.mailroom.admin;

/**
 * Messages of one day from one address that DMARC judged alike.
 *
 * @param day such as {@code 2026-03-01}, in universal time
 * @param domain of From
 * @param owner the domain whose record it was
 * @param source IP address
 * @param disposition {@code pass}, {@code none}, {@code quarantine} or {@code reject}
 * @param override why the owner's wish was not heeded; often empty
 * @param proof what proved the author's domain: {@code dkim}, {@code spf}, {@code dkim spf} or nothing
 * @param dkim signatures with their results
 * @param spf domain, scope and result
 */
public record DmarcCountInfo(
        String day,
        String domain,
        String owner,
        String source,
        String disposition,
        String override,
        String proof,
        String dkim,
        String spf,
        long messages) {}
