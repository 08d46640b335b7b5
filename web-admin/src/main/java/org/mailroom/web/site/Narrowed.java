package org.mailroom.web.site;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.Page;

/** A page that is one long list, which its reader narrows by a word. */
public abstract class Narrowed<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String filter = "";
    private transient @Nullable Rows<T> rows;

    /** The rows from the offset on in which the word stands; all have the empty one. */
    protected abstract Page<T> page(String word, int offset, int limit);

    public Rows<T> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> page(filter, offset, limit));
            rows = known;
        }
        return known;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter.strip();
    }
}
