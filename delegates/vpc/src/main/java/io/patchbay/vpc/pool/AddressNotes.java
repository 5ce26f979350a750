package io.patchbay.vpc.pool;

import io.patchbay.spi.Journal;
import io.patchbay.spi.net.Cidr;
import java.time.Instant;
import java.util.List;

/// The holdings on disk, each under its address. Safe from any thread.
record AddressNotes(Journal<AddressNote> journal) {
    /// @param latest until when an address cools at most: a clock that was set back must not hold
    ///   one for ever
    List<Holding> read(Instant latest) {
        return journal.all().values().stream()
                .map(AddressNote::holding)
                .map(holding ->
                        holding.coolsUntil()
                                .filter(end -> end.isAfter(latest))
                                .map(_ -> holding.cooling(latest))
                                .orElse(holding))
                .toList();
    }

    void write(Holding holding) {
        journal.write(key(holding), AddressNote.of(holding));
    }

    void erase(Holding holding) {
        journal.erase(key(holding));
    }

    private static String key(Holding holding) {
        return Cidr.text(holding.address());
    }
}
