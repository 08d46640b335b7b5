package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@here.test",
                "a/b@here.test",
                "a+b@here.test",
                "50%@here.test",
                "grüße@here.test",
                "a b?#;x@y"
            })
    void subject_comes_back_from_its_path(String subject) {
        assertThat(Paths.find("/accounts/" + Paths.encode(subject)))
                .hasValueSatisfying(target -> assertThat(target.subject()).isEqualTo(subject));
    }

    @Test
    void list_and_thing_have_views_of_their_own() {
        assertThat(Paths.find("/queue").orElseThrow().view()).endsWith("/queue.xhtml");
        assertThat(Paths.find("/queue/7").orElseThrow().view()).endsWith("/entry.xhtml");
        assertThat(Paths.find("/accounts/new").orElseThrow().view()).endsWith("/new.xhtml");
    }

    @Test
    void slash_at_the_end_changes_nothing() {
        assertThat(Paths.find("/domains/")).isEqualTo(Paths.find("/domains"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/queue.xhtml", "/WEB-INF/web.xml", "//accounts", "/accounts/%zz", "/accountsx", ""})
    void nothing_else_is_a_page(String path) {
        assertThat(Paths.find(path)).isEmpty();
    }
}
