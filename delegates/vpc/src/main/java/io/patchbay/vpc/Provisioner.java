package io.patchbay.vpc;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.net.KernelException;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.GroupDrift;
import io.patchbay.vpc.eni.MissingTags;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Waiting;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Decision;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Setbacks;
import io.patchbay.vpc.pool.Situation;
import io.patchbay.vpc.pool.Targets;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Keeps as many addresses as the targets want: decides whenever the pool changes, or somebody
/// waits for it, and has what was decided done on threads of its own, several things at a time.
final class Provisioner {
    private static final System.Logger LOG = System.getLogger(Provisioner.class.getName());
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final DelegateContext context;
    private final Account account;
    private final Supply supply;
    private final Addresses addresses;
    private final Demands demands;
    private final Neighbourhood neighbourhood;
    private final Distress distress;
    private final boolean awaitsTrunk;
    private final boolean sweeps;

    private final Underway underway = new Underway();
    private volatile Instant recovered = Instant.EPOCH;
    private volatile Optional<Instant> idle = Optional.of(Instant.EPOCH);
    private List<NetworkInterface> followed = List.of();

    /// @param awaitsTrunk whether somebody else will attach a trunk, which needs a place
    /// @param sweeps whether leaked interfaces are deleted
    Provisioner(
            DelegateContext context,
            Account account,
            Supply supply,
            Addresses addresses,
            Demands demands,
            Neighbourhood neighbourhood,
            Distress distress,
            boolean awaitsTrunk,
            boolean sweeps) {
        this.context = context;
        this.account = account;
        this.supply = supply;
        this.addresses = addresses;
        this.demands = demands;
        this.neighbourhood = neighbourhood;
        this.distress = distress;
        this.awaitsTrunk = awaitsTrunk;
        this.sweeps = sweeps;
    }

    /// Goes on until it is interrupted.
    void run() {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().name("vpc-ec2-", 0).factory())) {
            try {
                keepProvisioning(open(), threads);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    // Who waits for an address does not bring EC2 back, so nothing but time is waited for.
    private Cloud open() throws InterruptedException {
        for (int refusals = 1; ; refusals++) {
            try {
                Cloud cloud = account.open();
                // Before the first order: an excluded subnet's interface gets none.
                neighbourhood.explore(cloud);
                supply.read(true);
                return cloud;
            } catch (CloudException e) {
                distress.refused(EniConfig.NODE, e);
                Waiting.real().pause(Setbacks.silence(refusals));
            }
        }
    }

    private void keepProvisioning(Cloud cloud, ExecutorService threads)
            throws InterruptedException {
        Work work = new Work(cloud, supply, addresses, context.host(), context.clock());
        if (sweeps) {
            threads.execute(() -> cloud.sweep().keepSweeping(Waiting.real(), new Random()));
        }
        long seen = 0;
        while (true) {
            recover(cloud, threads);
            follow(cloud, threads);
            boolean busy = false;
            for (Demand demand : demands.all()) {
                busy |= provide(cloud, work, demand, threads);
            }
            idle = busy ? Optional.empty() : idle.or(() -> Optional.of(context.clock().instant()));
            seen = addresses.awaitChange(seen, pause());
        }
    }

    /// Decides about one kind of address, and begins what was decided: so the next decision counts
    /// on it.
    ///
    /// @return whether anything is under way
    private boolean provide(Cloud cloud, Work work, Demand demand, ExecutorService threads) {
        Reading view = supply.last();
        Targets targets = demands.targets(demand);
        Situation situation =
                underway.situation(
                        demand,
                        cloud.limits(),
                        cloud.intents(),
                        addresses,
                        view,
                        awaitsTrunk && view.trunk().isEmpty() ? 1 : 0,
                        neighbourhood.candidates(cloud, demand.config(), view.believed()),
                        context.clock().instant());
        addresses.full(demand, Decision.isFull(situation, targets));
        List<Action> actions = Decision.of(situation, targets);
        actions.forEach(action -> start(work, action, threads));
        if (actions.isEmpty() && isAtEase(situation)) {
            distress.over(demand.config());
        }
        return !actions.isEmpty() || !situation.inFlight().isEmpty();
    }

    /// Since when nothing is under way after a refusal that will be repeated: no address of such an
    /// interface is to be waited for.
    Optional<Instant> hopelessSince(EniConfig config) {
        return distress.why(config).filter(why -> !why.mayPass()).flatMap(_ -> idle);
    }

    /// Whether nothing that was refused is wanted any more.
    private static boolean isAtEase(Situation situation) {
        return situation.waiting() == 0
                && situation.inFlight().isEmpty()
                && situation.setbacks().next(situation.now()).isEmpty();
    }

    private Duration pause() {
        Instant now = context.clock().instant();
        Duration next =
                underway.setbacks()
                        .next(now)
                        .map(end -> Duration.between(now, end))
                        .orElse(LONGEST);
        return next.compareTo(LONGEST) > 0 ? LONGEST : next.plus(SHORTEST);
    }

    /// What was begun before a crash, or failed for now.
    private void recover(Cloud cloud, ExecutorService threads) {
        Instant now = context.clock().instant();
        if (now.isBefore(recovered.plus(RECOVERY))
                || underway.setbacks().barsCloud(now)
                || cloud.intents().all().isEmpty()) {
            return;
        }
        recovered = now;
        threads.execute(() -> {
            List<String> left = cloud.recovery().run();
            left.forEach(sentence -> LOG.log(Level.WARNING, sentence));
            supply.read(true);
        });
    }

    /// Gives the other interfaces the security groups that the primary one has by now, and those
    /// that were taken over what their tags lack.
    private void follow(Cloud cloud, ExecutorService threads) {
        Reading last = supply.last();
        List<NetworkInterface> attached = last.attached();
        if (attached.equals(followed)) {
            return;
        }
        followed = attached;
        Role.Rules rules = neighbourhood.rules(last.believed());
        GroupDrift drift = GroupDrift.of(cloud.groups(attached), attached, rules);
        MissingTags tags =
                MissingTags.of(cloud.identity(), attached, rules, context.clock().instant());
        if (!drift.groups().isEmpty()) {
            threads.execute(() -> {
                try {
                    drift.repair(cloud.ec2());
                } catch (CloudException e) {
                    distress.refused(EniConfig.NODE, e);
                }
            });
        }
        if (!tags.byEni().isEmpty()) {
            threads.execute(() -> {
                try {
                    tags.repair(cloud.ec2());
                } catch (CloudException e) {
                    // Pods do not need them.
                    LOG.log(Level.WARNING, "an interface lacks its tags: {0}", e.getMessage());
                }
            });
        }
    }

    private void start(Work work, Action action, ExecutorService threads) {
        underway.begin(action);
        threads.execute(() -> carryOut(work, action));
    }

    private void carryOut(Work work, Action action) {
        Optional<CloudException> refusal = Optional.empty();
        EniConfig config = config(action);
        try {
            int gained = work.run(action);
            if (gained > 0) {
                distress.over(config);
            }
        } catch (CloudException e) {
            refusal = Optional.of(e);
        } catch (KernelException | UncheckedIOException e) {
            refusal =
                    Optional.of(new CloudException(Reason.BUSY, String.valueOf(e.getMessage()), e));
        } finally {
            underway.end(
                    action,
                    subnet(action),
                    refusal.map(CloudException::reason),
                    addresses.pool().enis(),
                    context.clock().instant());
            addresses.touch();
        }
        refusal.ifPresent(e -> {
            distress.refused(config, e);
            after(e);
        });
    }

    private EniConfig config(Action action) {
        return switch (action) {
            case Action.Create create -> create.config();
            case Action.Assign assign -> demands.config(assign.eni());
            case Action.Unassign unassign -> demands.config(unassign.eni());
            case Action.Remove remove -> demands.config(remove.eni());
        };
    }

    private String subnet(Action action) {
        return switch (action) {
            case Action.Create create -> create.subnet();
            case Action.Assign assign -> subnet(assign.eni());
            case Action.Unassign unassign -> subnet(unassign.eni());
            case Action.Remove remove -> subnet(remove.eni());
        };
    }

    private String subnet(String eni) {
        return supply.last().believed().stream()
                .filter(one -> one.id().equals(eni))
                .map(Eni::subnetId)
                .findFirst()
                .orElse("");
    }

    /// What EC2 refuses may be known to it better than to us.
    private void after(CloudException why) {
        Reason reason = why.reason();
        switch (reason) {
            case SUBNET_FULL, SUBNET_FRAGMENTED -> neighbourhood.forget();
            case SILENT -> {
                // What was asked for may have been done: it is gone on with before anything else.
                recovered = Instant.EPOCH;
                supply.read(true);
            }
            case GARBLED, ENI_FULL, INSTANCE_FULL, NOT_FOUND -> supply.read(true);
            case THROTTLED, BUSY, DENIED, REFUSED -> {}
        }
    }
}
