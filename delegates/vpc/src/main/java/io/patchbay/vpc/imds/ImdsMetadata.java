package io.patchbay.vpc.imds;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Instance;
import io.patchbay.vpc.eni.Metadata;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The cloud as IMDSv2 tells it to this node: enough to know the interfaces and their addresses,
/// without credentials.
public final class ImdsMetadata implements Metadata {
    private static final System.Logger LOG = System.getLogger(ImdsMetadata.class.getName());
    private static final String MACS = "network/interfaces/macs/";
    private static final int QUOTED = 60;

    private final Netns host;
    private final URI endpoint;
    private final Duration timeout;

    /// @param host the namespace that requests leave from
    /// @param timeout of one attempt
    public ImdsMetadata(Netns host, URI endpoint, Duration timeout) {
        this.host = host;
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    // The answer depends on where the request comes from, and an HTTP client opens its sockets on
    // threads of its own: they are started in the namespace, and end there.
    @Override
    public List<Eni> attached() {
        return host.inside(() -> {
            try (ImdsSession session = new ImdsSession(endpoint, timeout)) {
                return read(session);
            }
        });
    }

    @Override
    public Instance instance() {
        return host.inside(() -> {
            try (ImdsSession session = new ImdsSession(endpoint, timeout)) {
                return instance(session);
            }
        });
    }

    private static Instance instance(ImdsSession imds) {
        String mac = get(imds, "mac");
        Interface primary = new Interface(parse("mac", mac, MacAddress::parse));
        return new Instance(
                get(imds, "instance-id"),
                get(imds, "instance-type"),
                get(imds, "placement/region"),
                get(imds, "placement/availability-zone"),
                get(imds, primary.key("vpc-id")),
                get(imds, primary.key("security-group-ids")).lines().toList());
    }

    private static List<Eni> read(ImdsSession imds) {
        String listing = get(imds, MACS);
        List<Eni> enis = new ArrayList<>();
        for (String line : listing.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                String mac = line.endsWith("/") ? line.substring(0, line.length() - 1) : line;
                read(imds, new Interface(parse(MACS, mac, MacAddress::parse))).ifPresent(enis::add);
            }
        }
        enis.sort(Eni.ORDER);
        return List.copyOf(enis);
    }

    /// The place of an interface in the tree.
    private record Interface(MacAddress mac) {
        String key(String name) {
            return MACS + mac + "/" + name;
        }
    }

    /// Empty for an interface that comes or goes at this moment, and for one without IPv4: the
    /// metadata lists both before, or after, they have the keys.
    private static Optional<Eni> read(ImdsSession imds, Interface at) {
        Optional<String> id = imds.find(at.key("interface-id"));
        Optional<Integer> device = find(imds, at.key("device-number"), Integer::valueOf);
        Optional<String> subnetId = imds.find(at.key("subnet-id"));
        Optional<Cidr> subnet = find(imds, at.key("subnet-ipv4-cidr-block"), Cidr::parse);
        List<InetAddress> addresses = list(imds, at.key("local-ipv4s"), Cidr::address);
        List<InetAddress> addresses6 = list(imds, at.key("ipv6s"), Cidr::address);
        if (id.isEmpty()
                || device.isEmpty()
                || subnetId.isEmpty()
                || subnet.isEmpty()
                || addresses.isEmpty()) {
            LOG.log(Level.WARNING, "interface {0} is left out: its metadata is incomplete", at.mac);
            return Optional.empty();
        }
        return Optional.of(
                new Eni(
                        id.get(),
                        at.mac,
                        device.get(),
                        // Absent on instances with one card.
                        find(imds, at.key("network-card"), Integer::valueOf).orElse(0),
                        addresses.getFirst(),
                        subnetId.get(),
                        subnet.get(),
                        addresses6.stream().findFirst(),
                        list(imds, at.key("subnet-ipv6-cidr-blocks"), Cidr::parse).stream()
                                .findFirst(),
                        list(imds, at.key("security-group-ids"), Function.identity()),
                        EniConfig.NODE,
                        Stream.of("vpc-ipv4-cidr-blocks", "vpc-ipv6-cidr-blocks")
                                .flatMap(key -> list(imds, at.key(key), Cidr::parse).stream())
                                .toList(),
                        Stream.of(
                                        addresses.stream().skip(1).map(Cidr::host),
                                        list(imds, at.key("ipv4-prefix"), Cidr::parse).stream(),
                                        addresses6.stream().skip(1).map(Cidr::host),
                                        list(imds, at.key("ipv6-prefix"), Cidr::parse).stream())
                                .flatMap(Function.identity())
                                .toList()));
    }

    private static String get(ImdsSession imds, String key) {
        return imds.find(key)
                .orElseThrow(() ->
                        new CloudException(
                                Reason.GARBLED, "the instance metadata service has no " + key));
    }

    private static <T> Optional<T> find(ImdsSession imds, String key, Function<String, T> parser) {
        return imds.find(key).filter(text -> !text.isEmpty()).map(text -> parse(key, text, parser));
    }

    private static <T> List<T> list(ImdsSession imds, String key, Function<String, T> parser) {
        return imds.find(key).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> parse(key, text, parser))
                .toList();
    }

    private static <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    Reason.GARBLED,
                    "the instance metadata service says %s is \"%s\", which it cannot be"
                            .formatted(key, text.substring(0, Math.min(QUOTED, text.length()))),
                    e);
        }
    }
}
