package io.patchbay.vpc;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.vpc.adopt.Adoption;
import io.patchbay.vpc.adopt.Allocation;
import io.patchbay.vpc.adopt.Checkpoint;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The pods that Amazon's plugin left on this node. Their addresses are taken over once, and given
/// up by their DEL or, where that never comes, when their link is gone. Safe from any thread; an
/// address that was given up is not given up again for whom it has next.
final class Inheritance {
    private static final System.Logger LOG = System.getLogger(Inheritance.class.getName());
    private static final String BOOT_ID = "kernel/random/boot_id";

    private final Eviction eviction;
    private final Netns host;
    private final Addresses addresses;
    private final Journal<InheritanceNote> notes;
    private final Path directory;

    /// @param directory of the checkpoint; it need not be there
    Inheritance(Eviction eviction, Journal<InheritanceNote> notes, Path directory) {
        this.eviction = eviction;
        this.host = eviction.host();
        this.addresses = eviction.addresses();
        this.notes = notes;
        this.directory = directory;
    }

    /// Takes over what the checkpoint tells and was not dealt with yet. Nothing that is wrong with
    /// the checkpoint is fatal: an address that the host routes to a pod is not given in any case.
    synchronized void take() {
        String boot = host.sysctl().find(BOOT_ID).orElse("");
        Optional<InheritanceNote> noted = notes.find(InheritanceNote.KEY);
        if (noted.filter(note -> !note.boot().equals(boot)).isPresent()) {
            // The machine has started since: the pods are no more, and their links' indexes are
            // other links'.
            adopted().forEach(this::release);
        }
        List<AttachmentId> decided =
                noted.filter(note -> note.boot().equals(boot))
                        .map(InheritanceNote::decided)
                        .orElse(List.of());
        Checkpoint checkpoint = Checkpoint.read(directory);
        checkpoint.remarks().forEach(remark -> LOG.log(Level.WARNING, remark));
        Set<AttachmentId> known = new HashSet<>(decided);
        List<Allocation> fresh =
                checkpoint.allocations().stream()
                        .filter(allocation -> !known.contains(allocation.id()))
                        .toList();
        if (!fresh.isEmpty()) {
            // What is taken over is of this boot, whatever becomes of the second note.
            notes.write(InheritanceNote.KEY, new InheritanceNote(boot, decided));
            take(fresh);
            Set<AttachmentId> all = new LinkedHashSet<>(decided);
            fresh.forEach(allocation -> all.add(allocation.id()));
            notes.write(InheritanceNote.KEY, new InheritanceNote(boot, List.copyOf(all)));
        }
    }

    private void take(List<Allocation> fresh) {
        Adoption adoption =
                Adoption.of(
                        new Checkpoint(fresh, List.of()),
                        host.rtnl().rules(),
                        host.rtnl().routes(Route.MAIN),
                        host.rtnl().links(),
                        addresses.pool().enis());
        addresses.adopt(adoption.holdings());
        eviction.node()
                .drop(
                        adoption.leftovers(),
                        address ->
                                addresses
                                        .pool()
                                        .find(address)
                                        .filter(Holding::isAssigned)
                                        .isPresent());
        LOG.log(
                Level.INFO,
                "taken over from Amazon''s plugin, as {0} tells: {1} pods keep their addresses, and {2} rules of pods that are no more are deleted",
                directory,
                adoption.holdings().size(),
                adoption.leftovers().size());
    }

    /// Gives up what a container has. One that has nothing is success.
    synchronized void release(String containerId) {
        addresses.pool().adoptedBy(containerId).forEach(this::release);
    }

    /// Gives up what pods had whose link on the host is gone.
    synchronized void releaseTheGone() {
        List<Holding> all = adopted();
        if (all.isEmpty()) {
            return;
        }
        Set<Integer> present =
                host.rtnl().links().stream()
                        .map(Link::index)
                        .collect(Collectors.toUnmodifiableSet());
        all.stream().filter(holding -> !present.contains(holding.link())).forEach(this::release);
    }

    private List<Holding> adopted() {
        return addresses.pool().holdings().values().stream()
                .filter(holding -> holding.adopted() && holding.isAssigned())
                .toList();
    }

    private void release(Holding holding) {
        eviction.of(holding);
        LOG.log(
                Level.DEBUG,
                "{0}, which Amazon''s plugin had given to {1}, is given up",
                holding.address().getHostAddress(),
                holding.owner());
    }
}
