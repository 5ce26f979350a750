package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.SnapshotNote;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Pool;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is remembered of the interfaces: in memory with all that EC2 has assigned and taken back
/// since, and on disk for the process that starts next. For one thread at a time.
final class Memory {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());

    private final Account account;
    private final Addresses addresses;
    private List<Eni> noted = List.of();

    Memory(Account account, Addresses addresses) {
        this.account = account;
        this.addresses = addresses;
    }

    /// @param believed at the last reading; empty at the first one, which goes by the disk
    List<Eni> recall(List<Eni> believed) {
        if (believed.isEmpty()) {
            return onDisk();
        }
        Pool pool = addresses.pool();
        Map<String, Eni> now =
                pool.enis().stream().collect(Collectors.toMap(Eni::id, Function.identity()));
        return believed.stream()
                .map(eni -> now.getOrDefault(eni.id(), eni))
                .map(eni -> without(eni, pool.returning()))
                .toList();
    }

    private List<Eni> onDisk() {
        try {
            return account.remembered().map(SnapshotNote::read).orElse(List.of());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "what was remembered of the interfaces is left out", e);
            return List.of();
        }
    }

    /// Notes what is known, where that is news. What EC2 is being asked to take back may be the
    /// node's no longer: a process that starts after this one's death, while metadata still tells
    /// of it, must not give it.
    void note(Cloud cloud, List<Eni> believed) {
        Set<Cidr> returning = addresses.pool().returning();
        List<Eni> known = believed.stream().map(eni -> without(eni, returning)).toList();
        if (!known.equals(noted)) {
            account.remember(cloud, known);
            noted = known;
        }
    }

    private static Eni without(Eni eni, Set<Cidr> blocks) {
        return eni.with(eni.blocks().stream().filter(block -> !blocks.contains(block)).toList());
    }
}
