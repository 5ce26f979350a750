package io.patchbay.vpc;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.vpc.CniNodeSpec.Feature;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What this node asks of the VPC resource controller, in its CNINode: without, it gets no trunk,
/// and its pods no branch. A loop that keeps it there; nothing that is there is taken away.
///
/// Source: amazon-vpc-cni-k8s, `pkg/ipamd/ipamd.go`, AddFeatureToCNINode.
final class NodeFeatures {
    private static final System.Logger LOG = System.getLogger(NodeFeatures.class.getName());

    /// The labels of a node, which may name another ENIConfig, are not followed; nor is a server
    /// that was away and comes back.
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final CustomObjects<CniNodeSpec> nodes;
    private final Optional<EniConfigName> eniConfig;
    private final Semaphore changed = new Semaphore(0);
    private String told = "";

    /// @param eniConfig how the node names its ENIConfig, where pods are in other subnets
    NodeFeatures(Cluster cluster, Optional<EniConfigName> eniConfig) {
        this.cluster = cluster;
        this.nodes = cluster.objects(CniNodeSpec.KIND, CniNodeSpec.class);
        this.eniConfig = eniConfig;
    }

    void run() {
        nodes.onChange(changed::release);
        try {
            while (true) {
                tell(ask());
                if (changed.tryAcquire(AT_LEAST_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "nothing is asked of the VPC resource controller any longer");
        }
    }

    /// @return what keeps the node from it, in a sentence; empty where it is asked for
    Optional<String> ask() {
        try {
            return cluster.nodeName().flatMap(this::ask);
        } catch (CniException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> ask(String node) {
        Optional<CniNodeSpec> there = nodes.find(node);
        if (there.isEmpty()) {
            return nodes.trouble()
                    .or(() ->
                            Optional.of(
                                    "there is no CNINode %s, which the VPC resource controller makes for each node of EC2"
                                            .formatted(node)));
        }
        List<Feature> missing = there.get().missing(wanted());
        if (!missing.isEmpty()) {
            nodes.update(node, spec -> spec.with(missing));
            LOG.log(Level.INFO, "CNINode {0} asks for {1} from now on", node, missing);
        }
        return Optional.empty();
    }

    private List<Feature> wanted() {
        List<Feature> wanted = new ArrayList<>(List.of(Feature.branches()));
        eniConfig
                .map(name -> name.of(cluster).name())
                .map(Feature::customNetworking)
                .ifPresent(wanted::add);
        return wanted;
    }

    private void tell(Optional<String> trouble) {
        trouble.filter(sentence -> !sentence.equals(told))
                .ifPresent(sentence ->
                        LOG.log(
                                Level.WARNING,
                                "the VPC resource controller is not asked for branch interfaces yet: {0}",
                                sentence));
        told = trouble.orElse("");
    }
}
