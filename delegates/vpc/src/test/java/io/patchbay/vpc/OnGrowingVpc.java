package io.patchbay.vpc;

import io.patchbay.cloud.Layout;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests on a simulated VPC whose nodes' pools grow, each on one of its own.
abstract class OnGrowingVpc {
    @TempDir Path state;

    GrowingVpc cloud;

    /// The VPC as it is before the first node.
    abstract Layout layout();

    @BeforeEach
    void openCloud() {
        cloud = GrowingVpc.open(state, layout());
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }
}
