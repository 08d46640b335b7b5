package org.mailroom.acme;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.stream.Stream;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeServerException;

/** What the authority, or the way to it, has against an order, for people. */
final class Explained {
    private static final String ACME = "urn:ietf:params:acme:error:";

    private Explained() {}

    /** RFC 8555 §6.7: kind and detail, also of the names that it is about. */
    static String of(Problem problem) {
        var text = new StringBuilder(problem.getType().toString().replace(ACME, ""));
        problem.getDetail()
                .or(problem::getTitle)
                .ifPresent(detail -> text.append(": ").append(detail));
        for (var part : problem.getSubProblems()) {
            text.append("; ").append(of(part));
        }
        return text.toString();
    }

    static String of(Throwable trouble) {
        var causes = Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        for (var cause : causes) {
            if (cause instanceof AcmeServerException refused) {
                return of(refused.getProblem());
            }
        }
        return causes.size() == 1 ? said(trouble) : "the authority cannot be asked: " + way(causes);
    }

    /** The JDK's client of HTTP says nothing of its own about the most usual reasons. */
    private static String way(List<Throwable> causes) {
        for (var cause : causes) {
            switch (cause) {
                case UnresolvedAddressException _ -> {
                    return "there is no host of its name";
                }
                case HttpTimeoutException _ -> {
                    return "it took too long";
                }
                default -> {}
            }
        }
        return causes.stream().anyMatch(ConnectException.class::isInstance) ? "no connection" : said(causes.getLast());
    }

    private static String said(Throwable cause) {
        var text = cause.getMessage();
        return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
    }
}
