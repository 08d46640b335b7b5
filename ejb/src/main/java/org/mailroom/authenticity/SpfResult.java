package org.mailroom.authenticity;

/**
 * What came of it (RFC 7208 §2.6).
 *
 * @param domain that was asked: of MAIL FROM, or HELO where that is empty
 * @param helo whether HELO was asked
 * @param why the mechanism that matched, the trouble, or the explanation of the domain's owner
 */
record SpfResult(Result result, String domain, boolean helo, String why) {}
