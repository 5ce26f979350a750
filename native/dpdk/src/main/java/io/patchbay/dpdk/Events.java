package io.patchbay.dpdk;

import java.util.Optional;

/// What happened to all ports, in order, kept until it is asked for. Safe for use by many threads.
public final class Events {
    private final Eal eal;

    Events(Eal eal) {
        this.eal = eal;
    }

    /// The oldest event not yet taken; empty where there is none.
    public Optional<Event> poll() {
        long packed;
        synchronized (this) {
            eal.require();
            packed = EventsNative.poll();
        }
        int kind = (int) (packed >>> 32);
        int port = (int) (packed >>> 1) & 0xffff;
        return switch (kind) {
            case EventsNative.LINK_CHANGED ->
                    Optional.of(new Event.LinkChanged(port, (packed & 1) != 0));
            case EventsNative.REMOVED -> Optional.of(new Event.Removed(port));
            case EventsNative.RESET -> Optional.of(new Event.Reset(port));
            case EventsNative.LOST -> Optional.of(new Event.Lost(packed & 0xffff_ffffL));
            default -> Optional.empty();
        };
    }
}
