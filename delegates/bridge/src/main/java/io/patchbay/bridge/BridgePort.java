package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.SetBridgePort;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Link.Bridging.Port;
import io.patchbay.spi.net.Netns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The host's end of a pair as a port of its bridge.
record BridgePort(VethPair pair, PortVlans vlans, boolean hairpin, boolean isolated) {
    // Together less than a tenth of a second. A bridge that first looks for a spanning tree takes
    // half a minute, for which nobody waits.
    private static final List<Duration> WAITS =
            List.of(Duration.ofMillis(1), Duration.ofMillis(8), Duration.ofMillis(64));

    static BridgePort of(VethPair pair, BridgeConfig config) {
        return new BridgePort(
                pair, PortVlans.of(config), config.hairpinMode(), config.portIsolation());
    }

    void create(Netns host, Netns pod, int group, Link bridge) {
        List<Change> then = new ArrayList<>();
        if (hairpin || isolated) {
            then.add(new SetBridgePort(pair.hostIndex(), hairpin, isolated));
        }
        then.addAll(vlans.changes(pair.hostIndex()));
        pair.create(host, pod, group, OptionalInt.of(bridge.index()), then);
    }

    /// Waits until the port lets frames pass, which it does once the kernel has noticed that the
    /// pod's end is up: what a pod says of its addresses before would not get anywhere. Asking for
    /// the link makes the kernel notice (linkwatch_sync_dev, since Linux 6.8).
    void awaitForwarding(Netns host) {
        for (Duration wait : WAITS) {
            if (forwards(host)) {
                return;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean forwards(Netns host) {
        return host.rtnl()
                .find(pair.hostIndex())
                .flatMap(link -> link.bridge().port())
                .map(Port::forwards)
                .orElse(true);
    }

    Link check(Netns host, Link bridge) {
        Link port = pair.getHostEnd(host);
        if (!port.master().equals(OptionalInt.of(bridge.index()))) {
            throw CniException.changed(
                    "link %s should be a port of bridge %s (index %d), and its master is %s"
                            .formatted(
                                    port.name(),
                                    bridge.name(),
                                    bridge.index(),
                                    port.master().isPresent() ? port.master().getAsInt() : "none"));
        }
        port.bridge()
                .port()
                .ifPresent(set -> checkSetting(port, "hairpin", hairpin, set.hairpin()));
        port.bridge()
                .port()
                .ifPresent(set -> checkSetting(port, "isolated", isolated, set.isolated()));
        vlans.check(host, port);
        return port;
    }

    private static void checkSetting(Link port, String what, boolean wanted, boolean found) {
        if (wanted != found) {
            throw CniException.changed(
                    "port %s should have %s %s, and has it %s"
                            .formatted(
                                    port.name(),
                                    what,
                                    wanted ? "on" : "off",
                                    found ? "on" : "off"));
        }
    }
}
