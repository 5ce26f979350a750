package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.EniNote;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Waiting;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Carries out what was decided: asks EC2, and only when that has answered tells the pool. What
/// fails is a {@link CloudException}, and the pool is as it was.
record Work(Cloud cloud, Supply supply, Addresses addresses, Netns host, InstantSource clock) {
    // An interface is there after some ten seconds (EKS best practices, prefix mode).
    private static final Duration READY = Duration.ofMinutes(1);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(Work.class.getName());

    /// @return what was gained by it: a number of blocks
    int run(Action action) {
        return switch (action) {
            case Action.Assign assign -> assign(assign);
            case Action.Create create -> create(create);
            case Action.Unassign unassign -> unassign(unassign);
            case Action.Remove remove -> remove(remove);
        };
    }

    private int assign(Action.Assign action) {
        List<Cidr> blocks = cloud.ec2().assign(action.eni(), action.order());
        supply.gained(action.eni(), blocks);
        return blocks.size();
    }

    private int create(Action.Create action) {
        EniNote note =
                cloud.construction()
                        .run(
                                cloud.identity()
                                        .creation(
                                                action.config(),
                                                action.subnet(),
                                                groups(action.config()),
                                                Cloud.primary(supply.last().attached()),
                                                action.order(),
                                                clock.instant()),
                                action.card());
        if (!supply.await(note.eni(), host, READY)) {
            throw new CloudException(
                    Reason.BUSY,
                    "interface %s is attached, and is not ready after %d s: it is used as soon as it is"
                            .formatted(note.eni(), READY.toSeconds()));
        }
        return action.order().count();
    }

    private List<String> groups(EniConfig config) {
        return config.groups().isEmpty() ? cloud.groups(supply.last().attached()) : config.groups();
    }

    /// What somebody has got an address of in the meantime is not returned.
    private int unassign(Action.Unassign action) {
        if (reserve(action)) {
            try {
                cloud.ec2().unassign(action.eni(), action.blocks());
                addresses.confirm(action);
            } catch (CloudException e) {
                settle(action, e);
                throw e;
            }
        }
        return 0;
    }

    private int remove(Action.Remove action) {
        if (reserve(action)) {
            try {
                attached(action.eni()).ifPresent(cloud.demolition()::run);
                addresses.confirm(action);
                supply.read(true);
            } catch (CloudException e) {
                // What is noted will be finished by a recovery.
                if (!cloud.intents().ids().contains(action.eni())) {
                    addresses.keep(action);
                }
                throw e;
            }
        }
        return 0;
    }

    /// Before the effect, in memory and on disk.
    private boolean reserve(Action action) {
        if (!addresses.reserve(action)) {
            return false;
        }
        try {
            supply.noteReturns(cloud);
            return true;
        } catch (UncheckedIOException e) {
            addresses.keep(action);
            throw e;
        }
    }

    private Optional<NetworkInterface> attached(String eni) {
        return cloud.ec2().attachedTo(cloud.instance().id()).stream()
                .filter(one -> one.id().equals(eni))
                .findFirst();
    }

    /// After a refusal the blocks are the node's. Where the answer was lost EC2 is asked until it
    /// tells; nobody gets them before.
    private void settle(Action.Unassign action, CloudException why) {
        switch (why.reason()) {
            case SILENT, GARBLED, NOT_FOUND -> awaitTruth(action);
            case THROTTLED,
                    SUBNET_FULL,
                    SUBNET_FRAGMENTED,
                    ENI_FULL,
                    INSTANCE_FULL,
                    BUSY,
                    DENIED,
                    REFUSED ->
                    addresses.keep(action);
        }
    }

    private void awaitTruth(Action.Unassign action) {
        Waiting waiting = Waiting.real();
        while (true) {
            try {
                waiting.pause(ASK_AGAIN);
                boolean gone =
                        attached(action.eni()).stream()
                                .flatMap(eni -> eni.blocks().stream())
                                .noneMatch(action.blocks()::contains);
                if (gone) {
                    addresses.confirm(action);
                } else {
                    addresses.keep(action);
                }
                return;
            } catch (CloudException e) {
                LOG.log(
                        Level.DEBUG,
                        "whether {0} took back {1} is not known yet: {2}",
                        action.eni(),
                        action.blocks(),
                        e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
