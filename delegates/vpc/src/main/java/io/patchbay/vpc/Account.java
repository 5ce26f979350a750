package io.patchbay.vpc;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Journal;
import io.patchbay.vpc.ec2.SdkEc2;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Construction;
import io.patchbay.vpc.eni.Demolition;
import io.patchbay.vpc.eni.Ec2;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniNote;
import io.patchbay.vpc.eni.Identity;
import io.patchbay.vpc.eni.Instance;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Intents;
import io.patchbay.vpc.eni.LeakSweep;
import io.patchbay.vpc.eni.Metadata;
import io.patchbay.vpc.eni.Pace;
import io.patchbay.vpc.eni.PacedEc2;
import io.patchbay.vpc.eni.Patience;
import io.patchbay.vpc.eni.Recovery;
import io.patchbay.vpc.eni.SnapshotNote;
import io.patchbay.vpc.eni.Waiting;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// Finds out what this node is, and opens EC2 for it. What was found out once is remembered: a node
/// starts while instance metadata or EC2 is away. Safe from any thread.
final class Account implements AutoCloseable {
    private final DelegateContext context;
    private final Metadata metadata;
    private final Function<String, SdkEc2> ec2;
    private final InterfacePolicy policy;
    private final Journal<SnapshotNote> snapshots;
    private final Intents intents;
    private Optional<SdkEc2> client = Optional.empty();
    private Optional<Ec2> paced = Optional.empty();
    private Optional<Cloud> cloud = Optional.empty();

    /// @param ec2 opens EC2 of a region
    Account(
            DelegateContext context,
            Metadata metadata,
            Function<String, SdkEc2> ec2,
            InterfacePolicy policy) {
        this.context = context;
        this.metadata = metadata;
        this.ec2 = ec2;
        this.policy = policy;
        this.snapshots = context.journal("node", SnapshotNote.class);
        this.intents = new Intents(context.journal("interfaces", EniNote.class), context.clock());
    }

    synchronized Optional<Cloud> find() {
        return cloud;
    }

    Optional<SnapshotNote> remembered() {
        return snapshots.find(SnapshotNote.KEY);
    }

    /// What is remembered from now on; nothing is written where it was before.
    void remember(Cloud open, List<Eni> believed) {
        SnapshotNote now =
                SnapshotNote.of(open.instance(), open.limits(), believed, context.clock().millis());
        if (remembered().filter(now::isLike).isEmpty()) {
            snapshots.write(SnapshotNote.KEY, now);
        }
    }

    /// Opens it, unless it is open. A {@link CloudException} where nobody tells what it takes.
    synchronized Cloud open() {
        if (cloud.isEmpty()) {
            Instance instance = instance();
            Ec2 calls = paced.orElseGet(() -> connect(instance.region()));
            cloud = Optional.of(cloud(instance, limits(calls, instance), calls));
        }
        return cloud.get();
    }

    private Instance instance() {
        try {
            return metadata.instance();
        } catch (CloudException e) {
            return remembered().map(SnapshotNote::instance).orElseThrow(() -> e);
        }
    }

    private InstanceLimits limits(Ec2 paced, Instance instance) {
        Optional<InstanceLimits> known =
                remembered()
                        .filter(note -> note.instance().type().equals(instance.type()))
                        .map(SnapshotNote::limits);
        return known.orElseGet(() -> paced.limits(instance.type()));
    }

    private Ec2 connect(String region) {
        SdkEc2 sdk = ec2.apply(region);
        client = Optional.of(sdk);
        Ec2 calls =
                new PacedEc2(
                        sdk, Pace.Table.DEFAULT, Waiting.real(), new Random(), context.meters());
        paced = Optional.of(calls);
        return calls;
    }

    @Override
    public synchronized void close() {
        client.ifPresent(SdkEc2::close);
        client = Optional.empty();
        paced = Optional.empty();
        cloud = Optional.empty();
    }

    private Cloud cloud(Instance instance, InstanceLimits limits, Ec2 paced) {
        InstantSource clock = context.clock();
        Identity identity = new Identity(instance.id(), policy.cluster(), policy.tags());
        Patience patience = Patience.ofBackground(Waiting.real(), new Random());
        Construction construction =
                new Construction(paced, intents, patience, instance.id(), () -> limits);
        Demolition demolition = new Demolition(paced, intents, patience, instance.id());
        return new Cloud(
                instance,
                limits,
                paced,
                identity,
                intents,
                construction,
                demolition,
                new Recovery(intents, construction, demolition, instance.id()),
                new LeakSweep(paced, intents, identity, instance.vpc(), clock));
    }
}
