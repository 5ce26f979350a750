package io.patchbay.meta.selftest;

import io.patchbay.meta.selftest.NodeFacts.Feature;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What the networks of a node need of its kernel, tried in a namespace that is thrown away: so a
/// module is loaded as it would be for a pod, and one that is missing is told by the kernel.
final class KernelFeatures {
    private static final List<Trial> TRIALS =
            List.of(
                    new Trial("veth", Set.of("bridge", "ptp", "vpc"), _ -> {}),
                    new Trial("bridge", Set.of("bridge"), KernelFeatures::bridge),
                    new Trial("ipvlan", Set.of("ipvlan"), KernelFeatures::ipvlan),
                    new Trial("macvlan", Set.of("macvlan"), KernelFeatures::macvlan),
                    new Trial("802.1Q", Set.of("vlan"), KernelFeatures::vlan),
                    new Trial("nftables", Set.of("vpc"), KernelFeatures::nftables));

    private KernelFeatures() {}

    /// @param types of networks that need it
    /// @param run with a veth pair `left` and `right` in the namespace
    private record Trial(String feature, Set<String> types, Consumer<Netns> run) {}

    /// @param netns thrown away afterwards
    /// @param used types of networks; those that need nothing special are passed over
    static List<Feature> of(Netns netns, Set<String> used) {
        Optional<String> pair =
                refusal(() ->
                        create(netns, new LinkSpec.Veth(Head.named("left"), Head.named("right"))));
        List<Feature> features = new ArrayList<>();
        for (Trial trial : TRIALS) {
            List<String> wanting = used.stream().filter(trial.types()::contains).sorted().toList();
            if (!wanting.isEmpty()) {
                features.add(
                        new Feature(
                                trial.feature(),
                                wanting,
                                pair.or(() -> refusal(() -> trial.run().accept(netns)))));
            }
        }
        return features;
    }

    private static void bridge(Netns netns) {
        create(netns, new LinkSpec.Bridge(Head.named("bridge")));
    }

    private static void ipvlan(Netns netns) {
        create(
                netns,
                new LinkSpec.Ipvlan(
                        Head.named("ipvlan"),
                        index(netns, "left"),
                        LinkSpec.IpvlanMode.L2,
                        LinkSpec.IpvlanFlag.BRIDGE));
    }

    private static void macvlan(Netns netns) {
        create(
                netns,
                new LinkSpec.Macvlan(
                        Head.named("macvlan"), index(netns, "right"), LinkSpec.MacvlanMode.BRIDGE));
    }

    private static void vlan(Netns netns) {
        create(netns, new LinkSpec.Vlan(Head.named("vlan"), index(netns, "right"), 2));
    }

    private static void nftables(Netns netns) {
        netns.nft().apply("add table ip selftest");
    }

    private static void create(Netns netns, LinkSpec spec) {
        netns.rtnl().apply(new CreateLink(spec));
    }

    private static int index(Netns netns, String name) {
        return netns.rtnl().find(name).map(Link::index).orElseThrow();
    }

    private static Optional<String> refusal(Runnable trial) {
        try {
            trial.run();
            return Optional.empty();
        } catch (KernelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
