package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.IDN;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailroom.acme.AcmeFailure;
import org.mailroom.acme.AcmePlan;
import org.mailroom.acme.AcmeTable;
import org.mailroom.acme.Orders;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.house.CertificateFiles;
import org.mailroom.trace.OneLine;

/** Certificates from an authority that gives them by itself (ACME, RFC 8555), for all nodes. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class AcmeAdmin {
    private static final int MOST = 50;
    private static final int LONGEST_URL = 500;
    private static final Pattern NAME =
            Pattern.compile("(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9-]{2,63}");

    @Inject
    private AcmeTable table;

    @Inject
    private Orders orders;

    @Inject
    private CertificateRenewal renewal;

    @Inject
    private CertificateFiles files;

    @Inject
    private Audit audit;

    @Inject
    private AcmeAdmin self;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public AcmeInfo state() {
        return table.plan()
                .map(plan -> AcmeInfo.of(plan, table.progress()))
                .orElseGet(() -> AcmeInfo.off(files.hostname()));
    }

    /** What is set up; empty where nothing is. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Optional<AcmePlan> kept() {
        return table.plan();
    }

    /** Why the last order came to nothing; empty where all is well. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public String trouble() {
        return table.progress().trouble();
    }

    /**
     * Sets it up, after the authority was asked what it wants us to agree to. Nothing is ordered yet.
     *
     * @param directory URL of the authority
     * @param contact mail address for its warnings; may be empty
     * @param names that the certificate is for; empty: the server's own
     * @param agreed to its terms of service
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public AcmeInfo put(String directory, String contact, List<String> names, boolean agreed) throws AdminException {
        var wish = plan(directory, "", contact, names);
        refuseBesideOwnFiles();
        var terms = terms(wish.directory());
        if (!agreed && !terms.isEmpty()) {
            throw notAgreed(terms);
        }
        self.keep(new AcmePlan(wish.directory(), terms, wish.contact(), wish.names()));
        return state();
    }

    /** What is wished in words, as it is kept. @param terms that are agreed to; the other parameters are those of {@link #put} */
    public AcmePlan plan(String directory, String terms, String contact, List<String> names) throws AdminException {
        return new AcmePlan(
                url(directory.strip()),
                terms.strip(),
                contact.isBlank() ? "" : Texts.anyAddress(contact),
                names(names.isEmpty() ? List.of(files.hostname()) : names));
    }

    /** Asks the authority whether these are its terms. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void check(AcmePlan plan) throws AdminException {
        refuseBesideOwnFiles();
        var terms = terms(plan.directory());
        if (terms.isEmpty() && !plan.terms().isEmpty()) {
            throw new AdminException(Kind.CONFLICT, "The authority has no terms of service to agree to");
        }
        if (!terms.equals(plan.terms())) {
            throw notAgreed(terms);
        }
    }

    private static AdminException notAgreed(String terms) {
        return new AdminException(Kind.CONFLICT, "The authority wants you to agree to its terms of service: " + terms);
    }

    /** What another program keeps is not replaced, so nothing would come of an order. */
    private void refuseBesideOwnFiles() throws AdminException {
        if (files.chosen()) {
            throw new AdminException(
                    Kind.CONFLICT,
                    "mail.tls.certificate and mail.tls.private-key name files of your own; take the settings away first");
        }
    }

    private String terms(String url) throws AdminException {
        try {
            return orders.terms(url);
        } catch (AcmeFailure e) {
            throw new AdminException(Kind.CONFLICT, OneLine.of(e.text(), LONGEST_URL));
        }
    }

    /** The part of {@link #put} that writes: what the authority was asked about. */
    public void keep(AcmePlan plan) {
        table.put(plan);
        audit.write(
                "certificate.acme",
                String.join(" ", plan.names()),
                "directory=" + plan.directory() + " contact=" + plan.contact() + " agreed=" + plan.terms());
    }

    /** Begins an order; how it goes is in {@link #state}. */
    public AcmeInfo order() throws AdminException {
        var plan = table.plan()
                .orElseThrow(() -> new AdminException(Kind.CONFLICT, "No authority is set up to order from"));
        refuseBesideOwnFiles();
        if (!renewal.begin()) {
            throw new AdminException(Kind.CONFLICT, "A certificate is being ordered already");
        }
        audit.write("certificate.order", String.join(" ", plan.names()), "directory=" + plan.directory());
        return state();
    }

    /** Nothing is ordered any more; what was given is shown on. */
    public void remove() throws AdminException {
        if (!table.remove()) {
            throw new AdminException(Kind.NOT_FOUND, "No authority is set up to order from");
        }
        audit.write("certificate.acme", "", "off");
    }

    static String url(String text) throws AdminException {
        try {
            var url = URI.create(text);
            if ("https".equalsIgnoreCase(url.getScheme())
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && text.length() <= LONGEST_URL) {
                return url.toASCIIString();
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new AdminException(
                Kind.INVALID, "A directory is a URL such as https://acme-v02.api.letsencrypt.org/directory");
    }

    private static List<String> names(List<String> names) throws AdminException {
        var known = new LinkedHashSet<String>();
        for (var name : names) {
            known.add(name(name));
        }
        if (known.size() > MOST) {
            throw new AdminException(Kind.INVALID, "A certificate is for " + MOST + " names at most");
        }
        return List.copyOf(known);
    }

    /** What http-01 can prove: no stars, no addresses. */
    static String name(String typed) throws AdminException {
        var name = ascii(typed.strip()).toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new AdminException(
                    Kind.INVALID,
                    OneLine.of(name, 100)
                            + " is no name such as mail.example.org, for which an authority can ask this server");
        }
        return name;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
