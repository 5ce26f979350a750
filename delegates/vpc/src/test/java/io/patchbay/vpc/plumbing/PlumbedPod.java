package io.patchbay.vpc.plumbing;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A pod's namespace, and the ways to it.
final class PlumbedPod implements AutoCloseable {
    private final PrivateNetns place = PrivateNetns.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(place.path());
    private Optional<PodPaths> paths = Optional.empty();

    /// Gives it a link, which its host has restored from then on.
    void attach(Netns host, NodeNetwork network, String name, PodPaths ways) {
        PodNetwork.add(host, netns, veth(ways, name), ways);
        network.attached(ways);
        paths = paths.or(() -> Optional.of(ways));
    }

    static PodVeth veth(PodPaths ways, String name) {
        int index = ways.hostLink();
        return new PodVeth(
                index,
                ways.podLink(),
                "eni" + index,
                name,
                new MacAddress(0x0200_0000_1000L + index),
                new MacAddress(0x0200_0000_2000L + index),
                9001,
                index);
    }

    /// What ADD told of its link, as far as CHECK reads it.
    CniResult result() {
        return new CniResult(
                List.of(),
                List.of(),
                paths().ways().stream()
                        .map(way ->
                                CniResult.Route.of(
                                        Cidr.any(way.cidr().isIpv6()), Optional.of(way.gateway())))
                        .distinct()
                        .toList(),
                CniResult.Dns.EMPTY);
    }

    void check(Netns host) {
        new PodCheck(host, netns, paths(), result()).run("eth0");
    }

    /// Of the first link.
    PodPaths paths() {
        return paths.orElseThrow();
    }

    InetAddress address() {
        return paths().ways().getFirst().address();
    }

    OpenNetns netns() {
        return netns;
    }

    Witness witness() {
        return place.witness();
    }

    boolean reaches(InetAddress target, String... words) {
        return reaches(witness(), target, words);
    }

    static boolean reaches(Witness from, InetAddress target, String... words) {
        String told = String.join(" ", words) + " " + Cidr.text(target);
        return from.attempt("sh", "-c", "ping -nq -c1 -w10 -i0.2 " + told).status() == 0;
    }

    @Override
    public void close() {
        netns.close();
        place.close();
    }
}
