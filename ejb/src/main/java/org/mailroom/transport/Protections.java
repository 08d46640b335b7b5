package org.mailroom.transport;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.Tlsa;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.transport.Decision.Skip;
import org.mailroom.transport.Decision.Use;
import org.mailroom.transport.Protection.Kind;

/** What the owner of a domain, and the operator, want of connections to its hosts. DANE goes before MTA-STS (RFC 8461 §2). */
public final class Protections {
    private final Dns dns;
    private final Function<String, Optional<StsPolicy>> policies;
    private final TransportSettings settings;

    Protections(Dns dns, Function<String, Optional<StsPolicy>> policies, TransportSettings settings) {
        this.dns = dns;
        this.policies = policies;
        this.settings = settings;
    }

    /**
     * @param secure whether the names of its hosts come from signed DNS
     * @param demand for this domain; empty: the one for all. {@code TRY} counts where the one for all asks for no more
     */
    public OfDomain of(String domain, boolean secure, Optional<Demand> demand) {
        var standard = settings.demand();
        return new OfDomain(
                domain,
                secure,
                demand.filter(asked -> asked != Demand.TRY || standard == Demand.MAY)
                        .orElse(standard));
    }

    /** A host that an operator named: only its TLSA records count (RFC 7672 §2.2.2). */
    public OfDomain ofHost(String host, Demand demand) {
        var security = new OfDomain(host, true, demand);
        security.policy = Optional.empty();
        return security;
    }

    /** What nobody published anything for. */
    public static Protections none(Dns dns) {
        return new Protections(dns, domain -> Optional.empty(), TransportSettings.NOTHING_PUBLISHED);
    }

    /** Those of one domain. Its policy is only asked for when a host needs it. */
    public final class OfDomain {
        private final String domain;
        private final boolean secure;
        private final Demand demand;
        private @Nullable Optional<StsPolicy> policy;

        private OfDomain(String domain, boolean secure, Demand demand) {
            this.domain = domain;
            this.secure = secure;
            this.demand = demand;
        }

        public String domain() {
            return domain;
        }

        /** A domain that is an address publishes nothing. */
        public Protection literal() {
            return plain();
        }

        /**
         * @param signed whether the host's addresses come from signed DNS
         * @param target the name that has them, at the end of aliases; its TLSA records count first (RFC 7672 §2.2.3)
         */
        public Decision host(String host, int port, boolean signed, String target) {
            if (demand == Demand.NONE || demand == Demand.TRY) {
                return new Use(plain());
            }
            // RFC 7672 §2.2.2: no secure address, no TLSA; asking would only find broken name servers.
            var dane = settings.dane() && secure && signed ? dane(host, port, target) : Optional.<Decision>empty();
            if (dane.isPresent()) {
                return dane.get();
            }
            if (demand == Demand.DANE) {
                return new Skip(
                        Kind.TLSA,
                        "dane-required",
                        "4.7.4",
                        "DANE is demanded, and " + host + " has no signed TLSA records");
            }
            return policy().filter(StsPolicy::isActive)
                    .map(found -> sts(host, found))
                    .orElseGet(() -> new Use(plain()));
        }

        private Optional<Decision> dane(String host, int port, String target) {
            var decision = dane(host, port, target, target);
            return decision.isPresent() || target.equals(host) ? decision : dane(host, port, target, host);
        }

        /** @param base below which the records are */
        private Optional<Decision> dane(String host, int port, String target, String base) {
            return switch (dns.tlsa("_" + port + "._tcp." + base)) {
                // RFC 7672 §2.1.1: who can suppress an answer must not be able to switch DANE off.
                case Answer.Unknown(var why) ->
                    Optional.of(new Skip(
                            Kind.TLSA,
                            "dnssec-invalid",
                            "4.7.5",
                            "DNSSEC: no answer for the TLSA records of " + base + " (" + why + ")"));
                case Answer.Found(var records, var signed, var _)
                when signed -> Optional.of(dane(host, target, records));
                case Answer.Found<Dns.Tlsa> _ -> Optional.empty();
                case Answer.None<Dns.Tlsa> _ -> Optional.empty();
            };
        }

        private Decision dane(String host, String target, List<Dns.Tlsa> found) {
            var records = found.stream()
                    .map(each -> new Tlsa(
                            each.usage(),
                            each.selector(),
                            each.matching(),
                            HexFormat.of().formatHex(each.data())))
                    .toList();
            var usable = records.stream().filter(Tlsa::isUsable).toList();
            if (usable.isEmpty() && demand == Demand.DANE) {
                return new Skip(
                        Kind.TLSA,
                        "dane-required",
                        "4.7.4",
                        "DANE is demanded, and no TLSA record of " + host + " is usable");
            }
            // RFC 7672 §2.2: none that is usable still means that there is TLS.
            var wanted = usable.isEmpty()
                    ? least(TlsDemand.ENCRYPTED)
                    : TlsDemand.dane(
                            usable, Stream.of(target, host, domain).distinct().toList());
            var lines = records.stream()
                    .map(each -> each.usage() + " " + each.selector() + " " + each.matching() + " " + each.data())
                    .toList();
            return new Use(new Protection(Kind.TLSA, wanted, false, true, lines));
        }

        private TlsDemand least(TlsDemand wanted) {
            return demand == Demand.VERIFY ? TlsDemand.VERIFIED : wanted;
        }

        private Decision sts(String host, StsPolicy found) {
            boolean testing = found.mode() == StsPolicy.Mode.TESTING;
            if (testing && demand != Demand.MAY) {
                return new Use(plain()); // the operator's demand is no trial
            }
            if (!found.names(host) && !testing) {
                return new Skip(
                        Kind.STS,
                        "validation-failure",
                        "4.7.5",
                        "MTA-STS: the policy of " + domain + " does not name " + host);
            }
            var wanted = found.names(host) ? TlsDemand.VERIFIED : TlsDemand.OPPORTUNISTIC;
            return new Use(new Protection(Kind.STS, wanted, testing, !testing || secure, found.lines()));
        }

        private Protection plain() {
            var wanted = switch (demand) {
                case NONE -> TlsDemand.NEVER;
                case TRY, MAY -> TlsDemand.OPPORTUNISTIC;
                case ENCRYPT -> TlsDemand.ENCRYPTED;
                case VERIFY, DANE -> TlsDemand.VERIFIED;
            };
            return Protection.of(wanted, secure);
        }

        private Optional<StsPolicy> policy() {
            var known = policy;
            if (known == null) {
                known = settings.sts() ? policies.apply(domain.toLowerCase(Locale.ROOT)) : Optional.empty();
                policy = known;
            }
            return known;
        }
    }
}
