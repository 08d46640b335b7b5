package org.mailroom.connector.pop3;

import java.util.Arrays;
import org.apache.james.protocols.api.Response;

/** RFC 6856 §3: the language of what our replies say to people. */
final class LangCommand implements Pop3Command {
    @Override
    public String name() {
        return "LANG";
    }

    @Override
    public Response answer(Pop3Session session, String argument) {
        if (argument.isEmpty()) {
            var languages = Arrays.stream(Language.values())
                    .map(language -> language.tag() + " " + language.description())
                    .toList();
            return Pop3Replies.lines(Text.LANGUAGES.of(), languages);
        }
        return Language.matching(argument)
                .map(language -> chosen(session, language))
                .orElseGet(() -> Pop3Replies.error(Text.NO_LANGUAGE));
    }

    private static Reply chosen(Pop3Session session, Language language) {
        session.language(language);
        var said = Text.LANGUAGE.of();
        return Reply.ok(new Words(language.tag() + " " + said.english(), language.tag() + " " + said.german()));
    }
}
