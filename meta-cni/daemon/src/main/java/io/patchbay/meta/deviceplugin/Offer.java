package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a pool offers at one moment: its devices, and how each fares. A device that the pool no
/// longer has is unhealthy for a while before it is gone, so that one that only changes its driver
/// does not come and go.
record Offer(SortedMap<PciAddress, Offered> devices) {
    static final Offer NOTHING = new Offer(new TreeMap<>());

    /// How long a device is unhealthy before it is gone.
    static final Duration LEAVE = Duration.ofSeconds(10);

    record Offered(PoolDevice device, Health health) {}

    sealed interface Health {}

    record Healthy() implements Health {}

    record LinkDown() implements Health {}

    /// @param reason what became of it
    /// @param since when it was missed first
    record Leaving(String reason, Instant since) implements Health {}

    /// What is offered next.
    ///
    /// @param found the devices that the pool has now
    /// @param all that the machine has
    Offer next(
            List<PoolDevice> found,
            Map<PciAddress, HostDevice> all,
            boolean linkHealth,
            Instant now) {
        SortedMap<PciAddress, Offered> next = new TreeMap<>();
        for (PoolDevice device : found) {
            boolean down = linkHealth && device.host().isLinkDown();
            next.put(device.address(), new Offered(device, down ? new LinkDown() : new Healthy()));
        }
        devices.forEach((address, before) -> {
            if (!next.containsKey(address)) {
                Leaving leaving = leaving(before, Optional.ofNullable(all.get(address)), now);
                if (leaving.since().plus(LEAVE).isAfter(now)) {
                    next.put(address, new Offered(before.device(), leaving));
                }
            }
        });
        return new Offer(next);
    }

    private static Leaving leaving(Offered before, Optional<HostDevice> device, Instant now) {
        Instant since = before.health() instanceof Leaving already ? already.since() : now;
        String reason =
                device.map(there ->
                                "the pool does not take it any more, with driver "
                                        + there.function().driver().orElse("none"))
                        .orElse("the machine does not have it any more");
        return new Leaving(reason, since);
    }

    boolean hasLeaving() {
        return devices.values().stream().anyMatch(one -> one.health() instanceof Leaving);
    }

    long count(boolean healthy) {
        return devices.values().stream()
                .filter(one -> one.health() instanceof Healthy == healthy)
                .count();
    }
}
