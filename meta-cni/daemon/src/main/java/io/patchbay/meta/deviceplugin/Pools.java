package io.patchbay.meta.deviceplugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Decides which device is in which pool: in the first that takes it.
final class Pools {
    private Pools() {}

    /// @return each pool, with or without devices
    static SequencedMap<PoolSettings, List<PoolDevice>> fill(
            List<PoolSettings> pools, List<HostDevice> devices) {
        SequencedMap<PoolSettings, List<PoolDevice>> filled = new LinkedHashMap<>();
        pools.forEach(pool -> filled.put(pool, new ArrayList<>()));
        for (HostDevice device : devices) {
            for (var pool : filled.entrySet()) {
                Optional<PoolDevice> taken = pool.getKey().take(device);
                if (taken.isPresent()) {
                    pool.getValue().add(taken.get());
                    break;
                }
            }
        }
        return filled;
    }
}
