package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.Capabilities.IpRange;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `ipam` section of type `host-local`.
///
/// @param ranges sets of ranges: an attachment gets one address of each set
/// @param subnet with the four that follow, a first set of one range, as older configurations write
///   it
/// @param dataDir where the leases are kept
/// @param resolvConf a file in the syntax of resolv.conf(5) whose content is told as DNS
public record HostLocalConfig(
        List<List<IpRange>> ranges,
        Optional<Cidr> subnet,
        Optional<InetAddress> rangeStart,
        Optional<InetAddress> rangeEnd,
        Optional<InetAddress> gateway,
        List<Cidr> exclude,
        List<RouteConfig> routes,
        Optional<String> dataDir,
        Optional<String> resolvConf) {
    public HostLocalConfig {
        ranges = List.copyOf(ranges);
        routes = List.copyOf(routes);
        if (subnet.isEmpty()
                && (rangeStart.isPresent() || rangeEnd.isPresent() || !exclude.isEmpty())) {
            throw new IllegalArgumentException("rangeStart, rangeEnd and exclude need a subnet");
        }
        RangeSet.of(
                all(
                        List.of(),
                        subnet.map(known ->
                                new IpRange(known, rangeStart, rangeEnd, gateway, exclude)),
                        ranges));
    }

    /// The sets of ranges, those of the `ipRanges` capability in front. Overlapping ones are an
    /// IllegalArgumentException.
    List<RangeSet> sets(List<List<IpRange>> asked) {
        return RangeSet.of(
                all(
                        asked,
                        subnet.map(known ->
                                new IpRange(known, rangeStart, rangeEnd, gateway, exclude)),
                        ranges));
    }

    // The order is the reference plugin's: it numbers the files of the last addresses.
    private static List<List<IpRange>> all(
            List<List<IpRange>> asked, Optional<IpRange> single, List<List<IpRange>> ranges) {
        List<List<IpRange>> all = new ArrayList<>(asked);
        single.ifPresent(range -> all.add(List.of(range)));
        all.addAll(ranges);
        return all;
    }
}
