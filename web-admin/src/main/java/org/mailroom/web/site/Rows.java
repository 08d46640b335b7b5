package org.mailroom.web.site;

import java.util.List;
import java.util.Map;
import org.mailroom.admin.Page;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** A long list that a table fetches page by page. */
public class Rows<T> extends LazyDataModel<T> {
    private static final long serialVersionUID = 1L;

    private final transient Source<T> source;
    private int total;

    public Rows(Source<T> source) {
        this.source = source;
    }

    /** The total comes with each page; the first page is asked for before any total is needed. */
    @Override
    public int count(Map<String, FilterMeta> filters) {
        return total;
    }

    @Override
    public List<T> load(int first, int size, Map<String, SortMeta> order, Map<String, FilterMeta> filters) {
        var page = source.page(first, size);
        total = (int) Math.min(page.total(), Integer.MAX_VALUE);
        setRowCount(total);
        return page.rows();
    }

    /** Where the rows come from. */
    @FunctionalInterface
    public interface Source<T> {
        Page<T> page(int offset, int limit);
    }
}
