package io.patchbay.e2e;

import io.patchbay.e2e.node.ClusterNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Tests on a node of a real API server, which all tests of a class share, as they do the network
/// `side`.
@Tag("kernel")
abstract class OnCluster {
    static ClusterNode cluster;

    @TempDir Path work;

    @BeforeAll
    static void startCluster() {
        cluster = ClusterNode.create();
        cluster.network("side", "10.41.0.0/16");
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    static void deletePods() {
        cluster.plane()
                .kubectl("delete", "pods", "-n", "core", "--all", "--grace-period=0", "--force");
    }
}
