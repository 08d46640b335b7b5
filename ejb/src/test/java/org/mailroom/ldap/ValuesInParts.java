package org.mailroom.ldap;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Makes a directory hand out so many values of an attribute at a time, as an Active Directory does with {@code MaxValRange}. */
final class ValuesInParts extends InMemoryOperationInterceptor {
    private static final Pattern WANTED = Pattern.compile("(.+);range=([0-9]+)-\\*");

    /** DN → groups, which servers of this kind work out themselves. */
    final Map<String, List<String>> memberOf = new ConcurrentHashMap<>();

    volatile int most = Integer.MAX_VALUE;
    volatile boolean breaksOff;

    @Override
    public void processSearchRequest(InMemoryInterceptedSearchRequest operation) {
        var request = operation.getRequest().duplicate();
        // The directory behind knows no ranges.
        request.setAttributes(request.getAttributeList().stream()
                .map(name -> {
                    var wanted = WANTED.matcher(name);
                    if (!wanted.matches()) {
                        return name;
                    }
                    operation.setProperty("from", Integer.valueOf(wanted.group(2)));
                    return wanted.group(1);
                })
                .toList());
        operation.setRequest(request);
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry operation) {
        int from = operation.getProperty("from") instanceof Integer number ? number : 0;
        var entry = operation.getSearchEntry().duplicate();
        var groups = memberOf.getOrDefault(entry.getDN(), List.of());
        if (!groups.isEmpty()) {
            entry.setAttribute("memberOf", groups);
        }
        for (var attribute : List.copyOf(entry.getAttributes())) {
            if (attribute.size() > most) {
                int to = Math.min(from + most, attribute.size());
                var range = ";range=" + from + "-" + (to == attribute.size() ? "*" : String.valueOf(to - 1));
                entry.removeAttribute(attribute.getName());
                if (from == 0 || !breaksOff) {
                    entry.setAttribute(
                            attribute.getName() + range, Arrays.copyOfRange(attribute.getValues(), from, to));
                }
            }
        }
        operation.setSearchEntry(entry);
    }
}
