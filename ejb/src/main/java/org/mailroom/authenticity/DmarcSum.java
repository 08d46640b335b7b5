package org.mailroom.authenticity;

/**
 * What DMARC came to for one domain of From.
 *
 * @param proved messages of which DKIM or SPF proved the domain
 * @param stopped messages that went to Junk or were refused
 * @param sources addresses from which they came
 */
public record DmarcSum(String domain, long messages, long proved, long stopped, long sources) {}
