package io.patchbay.vpc;

import io.patchbay.spi.Journal;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Ec2;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Instance;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.AssignmentNote;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What EC2 is asked to assign to interfaces that are not the pool's, and to take back: each
/// question is noted before it is put, so that what came of it is known after any crash. For one
/// thread. What fails is a {@link CloudException}.
record Assignments(
        Ec2 ec2,
        Instance instance,
        InstanceLimits limits,
        Addresses addresses,
        Journal<AssignmentNote> notes,
        InstantSource clock) {
    private static final System.Logger LOG = System.getLogger(Assignments.class.getName());

    /// After these nobody knows what was done.
    private static final Set<Reason> UNKNOWN =
            EnumSet.of(Reason.SILENT, Reason.GARBLED, Reason.NOT_FOUND);

    /// Single addresses of IPv4, as many as are missing and fit; of IPv6 a prefix, which is for
    /// all.
    void assign(Eni eni, Family family, int missing) {
        int room = limits.slots() - eni.only(family).blocks().size();
        if (room <= 0) {
            throw new CloudException(
                    Reason.ENI_FULL,
                    "interface %s has as many addresses as an instance of type %s takes, %d"
                            .formatted(eni.id(), instance.type(), limits.slots()));
        }
        Order order =
                family == Family.IPV4
                        ? Order.addresses(Math.min(missing, room))
                        : Order.ipv6Prefixes(1);
        AssignmentNote note = of(eni.id());
        write(note.asking(eni.blocks(), order.count(), clock.instant()));
        try {
            List<Cidr> blocks = ec2.assign(eni.id(), order);
            write(note.answered(blocks));
            addresses.gain(eni.id(), blocks);
        } catch (CloudException e) {
            if (!UNKNOWN.contains(e.reason())) {
                write(note);
            }
            throw e;
        }
    }

    /// Gives back what was asked for and nobody has or had lately.
    void giveBack(Eni eni) {
        AssignmentNote note = of(eni.id());
        List<Cidr> unused =
                eni.blocks().stream()
                        .filter(note.own()::contains)
                        .filter(block -> addresses.reserve(unassign(eni.id(), List.of(block))))
                        .toList();
        if (unused.isEmpty()) {
            return;
        }
        Action.Unassign action = unassign(eni.id(), unused);
        AssignmentNote returning = note.returning(unused, clock.instant());
        try {
            write(returning);
            ec2.unassign(eni.id(), unused);
        } catch (CloudException e) {
            if (!UNKNOWN.contains(e.reason())) {
                write(returning.kept());
                addresses.keep(action);
            }
            throw e;
        }
        write(returning.returned());
        addresses.confirm(action);
    }

    private static Action.Unassign unassign(String eni, List<Cidr> blocks) {
        return new Action.Unassign(eni, blocks);
    }

    /// Finds out what came of a question whose answer was lost, and ends what was begun.
    void settle(AssignmentNote note) {
        List<NetworkInterface> attached =
                ec2.attachedTo(instance.id()).stream()
                        .filter(eni -> eni.id().equals(note.eni()))
                        .toList();
        if (attached.isEmpty()) {
            notes.erase(note.eni());
            return;
        }
        Set<Cidr> there = Set.copyOf(attached.getFirst().blocks());
        AssignmentNote next = note.looked(clock.instant());
        if (note.asked() > 0) {
            Set<Cidr> come = come(note, there);
            next = next.answered(come);
            addresses.gain(note.eni(), come);
        }
        Set<Cidr> left =
                note.leaving().stream().filter(there::contains).collect(Collectors.toSet());
        if (!left.isEmpty()) {
            ec2.unassign(note.eni(), left);
        }
        write(next.returned());
        addresses.confirm(unassign(note.eni(), List.copyOf(note.leaving())));
    }

    /// Where more has come than was asked for, somebody else has assigned some of it: which cannot
    /// be told, so all of it is taken to be theirs.
    private static Set<Cidr> come(AssignmentNote note, Set<Cidr> there) {
        Set<Cidr> come = note.come(there);
        if (come.size() <= note.asked()) {
            return come;
        }
        LOG.log(
                Level.WARNING,
                "interface {0} got {1} while EC2 was asked for {2}: none of it will be returned",
                note.eni(),
                come,
                note.asked());
        return Set.of();
    }

    private AssignmentNote of(String eni) {
        return notes.find(eni).orElseGet(() -> AssignmentNote.of(eni));
    }

    private void write(AssignmentNote note) {
        if (note.isEmpty()) {
            notes.erase(note.eni());
        } else {
            notes.write(note.eni(), note);
        }
    }
}
