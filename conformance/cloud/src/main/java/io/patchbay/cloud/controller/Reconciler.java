package io.patchbay.cloud.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Brings EC2 and the cluster to what pods, policies and nodes want, in steps that may be cut off
/// anywhere. For one thread.
final class Reconciler {
    private static final String EVERYTHING = "every call of EC2";

    private final Means means;
    private final Survey survey;
    private final Trunks trunks;
    private final Demand demand;
    private final Labour labour;
    private final Instant settles;
    private Instant nextSurvey;
    private boolean settled;

    Reconciler(Means means) {
        this.means = means;
        this.survey = new Survey(means);
        this.trunks = new Trunks(means);
        this.demand = new Demand(means, trunks);
        this.labour = new Labour(means);
        this.nextSurvey = means.now();
        this.settles = means.now().plus(means.settings().settle());
    }

    /// Does what can be done now, and tells when there is more to do if nothing changes.
    Instant step(ClusterState state) {
        if (!means.setbacks().rests(EVERYTHING, means.now())) {
            try {
                work(state);
                means.setbacks().succeed(EVERYTHING);
            } catch (Ec2Failure e) {
                // Without knowing what there is, or while EC2 wants to rest, nothing is safe to do.
                means.setbacks().fail(EVERYTHING, means.now());
            }
        }
        return next();
    }

    private void work(ClusterState state) {
        if (!means.now().isBefore(nextSurvey)) {
            survey(state);
        }
        forget(state);
        trunks.ensure(state);
        demand.release(state);
        demand.warm(state);
        labour.remove();
        demand.order(state, settled);
        demand.warm(state);
        labour.advance(state);
        if (labour.isDoubtful()) {
            nextSurvey = means.now().plus(Duration.ofSeconds(1));
        }
    }

    private void survey(ClusterState state) {
        Inventory inventory = Inventory.of(means.ec2());
        trunks.learn(inventory, state);
        survey.compare(inventory, state);
        settled = settled || !means.now().isBefore(settles);
        Instant regular = means.now().plus(means.settings().survey());
        nextSurvey = settled || regular.isBefore(settles) ? regular : settles;
    }

    private void forget(ClusterState state) {
        Set<String> uids = new HashSet<>(state.nodes().keySet());
        state.pods().values().forEach(pod -> uids.add(pod.uid()));
        means.notices().retain(uids);
    }

    private Instant next() {
        Stream<Instant> cooled =
                means.branches().all().stream()
                        .map(Branch::use)
                        .filter(Branch.Use.Leaving.class::isInstance)
                        .map(use -> ((Branch.Use.Leaving) use).after())
                        .filter(after -> after.isAfter(means.now()));
        Optional<Instant> earliest =
                Stream.concat(cooled, means.setbacks().next(means.now()).stream())
                        .min(Instant::compareTo);
        return earliest.filter(nextSurvey::isAfter).orElse(nextSurvey);
    }
}
