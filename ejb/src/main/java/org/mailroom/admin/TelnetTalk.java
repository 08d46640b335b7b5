package org.mailroom.admin;

import java.util.List;

/**
 * A conversation by hand as it stands.
 *
 * @param usual lines that such a conversation often needs, to be sent by a click
 * @param ended whether nothing can be sent any more
 */
public record TelnetTalk(String id, TelnetTarget target, List<String> usual, List<TelnetLine> lines, boolean ended) {
    public TelnetTalk {
        usual = List.copyOf(usual);
        lines = List.copyOf(lines);
    }
}
