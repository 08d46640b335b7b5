package org.mailroom.reputation;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.mailroom.dns.Answer;

/**
 * Questions about a client to DNS: several at once, each no longer than DNS may take, and by only so many clients at a time
 * that those who ask nobody are not kept waiting when no server answers.
 */
final class LookUps {
    private final Semaphore places;

    LookUps(int most) {
        places = new Semaphore(most);
    }

    /** The answers in the order of the names; all unknown where too many wait already. */
    <T> List<Answer<T>> all(List<String> names, Function<String, Answer<T>> question) {
        if (!places.tryAcquire()) {
            return names.stream()
                    .<Answer<T>>map(name -> new Answer.Unknown<>("too many wait for DNS"))
                    .toList();
        }
        try {
            return names.size() == 1 ? List.of(question.apply(names.getFirst())) : atOnce(names, question);
        } finally {
            places.release();
        }
    }

    private static <T> List<Answer<T>> atOnce(List<String> names, Function<String, Answer<T>> question) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return names.stream().map(name -> threads.submit(() -> question.apply(name))).toList().stream()
                    .map(LookUps::answer)
                    .toList();
        }
    }

    private static <T> Answer<T> answer(Future<Answer<T>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while DNS was asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
