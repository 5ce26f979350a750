package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.deviceplugin.Offer.Healthy;
import io.patchbay.meta.deviceplugin.Offer.Leaving;
import io.patchbay.meta.deviceplugin.Offer.LinkDown;
import io.patchbay.meta.deviceplugin.Offer.Offered;
import io.patchbay.spi.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/// Pools and their devices as tables.
final class Shown {
    private static final List<String> POOLS =
            List.of("RESOURCE", "HEALTHY", "UNHEALTHY", "KUBELET");
    private static final List<String> DEVICES =
            List.of("RESOURCE", "DEVICE", "DRIVER", "NUMA", "PF", "HEALTH");
    private static final String NONE = "-";

    private Shown() {}

    static List<Table> tables(Collection<RunningPool> running) {
        List<List<String>> pools = new ArrayList<>();
        List<List<String>> devices = new ArrayList<>();
        for (RunningPool pool : running) {
            Answers answers = pool.answers();
            String resource = answers.pool().resource();
            pools.add(
                    List.of(
                            resource,
                            Long.toString(answers.offer().count(true)),
                            Long.toString(answers.offer().count(false)),
                            standing(pool.registration())));
            answers.offer().devices().values().forEach(one -> devices.add(row(resource, one)));
        }
        return List.of(new Table("pools", POOLS, pools), new Table("devices", DEVICES, devices));
    }

    private static String standing(Registration registration) {
        return registration
                .complaint()
                .orElse(registration.kubelet().isPresent() ? "registered" : "away");
    }

    private static List<String> row(String resource, Offered offered) {
        PoolDevice device = offered.device();
        OptionalInt node = device.function().numaNode();
        return List.of(
                resource,
                device.address().value(),
                device.function().driver().orElse(NONE),
                node.isPresent() ? Integer.toString(node.getAsInt()) : NONE,
                device.root().equals(device.address()) ? NONE : device.root().value(),
                switch (offered.health()) {
                    case Healthy() -> "healthy";
                    case LinkDown() -> "unhealthy: its link is down";
                    case Leaving(String reason, _) -> "unhealthy: " + reason;
                });
    }
}
