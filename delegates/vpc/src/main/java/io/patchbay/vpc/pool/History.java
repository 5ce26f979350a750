package io.patchbay.vpc.pool;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When the pool was changed last.
///
/// @param created when each interface was made, as far as that is known; the others are old
/// @param grown when the last growth came to its end
/// @param shrunk when something was last given back
public record History(Map<String, Instant> created, Instant grown, Instant shrunk) {
    public static final History NONE = new History(Map.of(), Instant.EPOCH, Instant.EPOCH);

    public History {
        created = Map.copyOf(created);
    }

    public History created(String eni, Instant now) {
        Map<String, Instant> more = new HashMap<>(created);
        more.put(eni, now);
        return new History(more, now, shrunk);
    }

    public History grown(Instant now) {
        return new History(created, now, shrunk);
    }

    public History shrunk(Instant now) {
        return new History(created, grown, now);
    }

    boolean isYoung(String eni, Instant bound) {
        return created.getOrDefault(eni, Instant.EPOCH).isAfter(bound);
    }
}
