package org.mailroom.acme;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.mailroom.trace.OneLine;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;

/** One order, from the authority's directory to the chain (RFC 8555 §7.1). It waits for the authority: outside of any transaction. */
final class AcmeOrder {
    private static final int LONGEST_URL = 500;

    private final AcmePlan plan;
    private final Session session;
    private final Answers answers;
    private final Steps steps;
    private final Instant end;
    private String step = "directory";

    private record Asked(Authorization authorization, Http01Challenge challenge) {}

    /** Hears of each step that went well. */
    interface Steps {
        void done(String step, String said);
    }

    /** @param longest for all of it */
    AcmeOrder(AcmePlan plan, Session session, Answers answers, Steps steps, Duration longest) {
        this.plan = plan;
        this.session = session;
        this.answers = answers;
        this.steps = steps;
        this.end = Instant.now().plus(longest);
    }

    Given run(KeyPair account) throws AcmeFailure, InterruptedException {
        try {
            directory();
            var login = login(account);
            var order = order(login);
            prove(order);
            return certificate(order);
        } catch (AcmeException | AcmeLazyLoadingException | AcmeProtocolException | IOException e) {
            throw new AcmeFailure(step, Explained.of(e));
        }
    }

    /** What it wants its customers to agree to; empty for nothing. */
    static String terms(Session session) throws AcmeException {
        var terms = session.getMetadata().getTermsOfService().map(URI::toString).orElse("");
        return OneLine.of(terms, LONGEST_URL);
    }

    private void done(String said) {
        steps.done(step, said);
    }

    /** RFC 8555 §7.3.3: terms that have changed are for an operator to agree to, not for us. */
    private void directory() throws AcmeException, AcmeFailure {
        var terms = terms(session);
        if (!terms.equals(plan.terms())) {
            throw new AcmeFailure(step, "The terms of the authority have changed, agree to them anew: " + terms);
        }
        done(plan.directory());
    }

    private Login login(KeyPair account) throws AcmeException {
        step = "account";
        var builder = new AccountBuilder().useKeyPair(account).agreeToTermsOfService();
        if (!plan.contact().isEmpty()) {
            builder.addContact("mailto:" + plan.contact());
        }
        var login = builder.createLogin(session);
        done(login.getAccountLocation().toString());
        return login;
    }

    private Order order(Login login) throws AcmeException {
        step = "order";
        var order = login.newOrder().domains(plan.names()).create();
        done(String.join(" ", plan.names()));
        return order;
    }

    /** All are asked for at once, and then waited for. */
    private void prove(Order order) throws AcmeException, AcmeFailure, InterruptedException {
        step = "challenge";
        var asked = new ArrayList<Asked>();
        for (var authorization : order.getAuthorizations()) {
            if (authorization.getStatus() != Status.VALID) {
                asked.add(new Asked(authorization, answer(authorization)));
            }
        }
        for (var each : asked) {
            each.challenge.trigger();
        }
        step = "proof";
        for (var each : asked) {
            await(each);
        }
        order.waitUntilReady(left());
        done(String.join(" ", plan.names()));
    }

    /** Lays down what the authority will ask for. */
    private Http01Challenge answer(Authorization authorization) throws AcmeFailure {
        var name = name(authorization);
        var challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AcmeFailure(step, name + ": the authority offers no http-01"));
        answers.put(challenge.getToken(), challenge.getAuthorization());
        done("http://" + name + "/.well-known/acme-challenge/" + challenge.getToken());
        return challenge;
    }

    private void await(Asked asked) throws AcmeException, AcmeFailure, InterruptedException {
        if (asked.authorization.waitForCompletion(left()) != Status.VALID) {
            asked.challenge.fetch();
            throw new AcmeFailure(step, name(asked.authorization) + ": " + why(asked.challenge.getError()));
        }
    }

    private Given certificate(Order order) throws AcmeException, AcmeFailure, IOException, InterruptedException {
        step = "certificate";
        var key = AccountKey.make();
        order.execute(key);
        if (order.waitForCompletion(left()) != Status.VALID) {
            throw new AcmeFailure(step, why(order.getError()));
        }
        var chain = new StringWriter();
        order.getCertificate().writeCertificate(chain);
        return Given.of(chain.toString(), key.getPrivate());
    }

    private static String why(Optional<Problem> problem) {
        return problem.map(Explained::of).orElse("refused, and no reason was given");
    }

    private static String name(Authorization authorization) {
        return authorization.getIdentifier().getDomain();
    }

    private Duration left() {
        var left = Duration.between(Instant.now(), end);
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }
}
