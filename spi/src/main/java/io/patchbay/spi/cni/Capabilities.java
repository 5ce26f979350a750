package io.patchbay.spi.cni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the runtime or the pod asks of an attachment beyond its configuration (`runtimeConfig`), as
/// far as the plugin declares the capability. Source: CNI CONVENTIONS.md.
///
/// @param ips wished addresses; a wish without a prefix length is a host's (/32, /128)
/// @param ipRanges as host-local takes them: sets of ranges
/// @param others capabilities that this contract does not know, as JSON text by their names
public record Capabilities(
        List<Cidr> ips,
        Optional<MacAddress> mac,
        List<PortMapping> portMappings,
        Optional<Bandwidth> bandwidth,
        List<List<IpRange>> ipRanges,
        Optional<String> deviceId,
        Map<String, String> others) {
    public static final Capabilities NONE =
            new Capabilities(
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Map.of());

    public Capabilities {
        ips = List.copyOf(ips);
        portMappings = List.copyOf(portMappings);
        ipRanges = ipRanges.stream().map(List::copyOf).toList();
        others = Map.copyOf(others);
    }

    public record PortMapping(
            int hostPort, int containerPort, String protocol, Optional<InetAddress> hostIp) {}

    /// Rates in bits per second, bursts in bits; 0 is no limit.
    public record Bandwidth(
            long ingressRate, long ingressBurst, long egressRate, long egressBurst) {}

    /// @param exclude blocks of addresses that are leased to nobody; the reference plugin has no
    ///   such key
    public record IpRange(
            Cidr subnet,
            Optional<InetAddress> rangeStart,
            Optional<InetAddress> rangeEnd,
            Optional<InetAddress> gateway,
            List<Cidr> exclude) {
        public IpRange {
            exclude = List.copyOf(exclude);
        }
    }
}
