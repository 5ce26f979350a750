package io.patchbay.cloud.fabric;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What needs a kernel with 8021q.
@Tag("stock-kernel")
class TrunkKernelTest {
    private static final NetworkInterface TRUNK =
            Drawn.of(attached(eni(1, "10.0.0.4"), "i-a", 0, 1), Kind.TRUNK, Optional.empty());
    private static final NetworkInterface BRANCH =
            Drawn.of(
                    eni(2, "10.0.1.4"),
                    Kind.BRANCH,
                    Optional.of(new Association("trunk-assoc-1", TRUNK.id(), 7)));

    @Test
    void aBranchIsReachedByItsTagAndGoesWithItsTrunk() {
        Ledger ledger = new Ledger(InstantSource.system(), Drawn.empty());
        try (TestNode node = new TestNode();
                Fabric fabric = Fabric.of(ledger)) {
            fabric.place("i-a", node.netns());
            ledger.change(vpc -> vpc.with(BRANCH).with(TRUNK));
            node.run("ip", "link", "set", "eth1", "up");
            node.run("ip", "link", "add", "branch", "link", "eth1", "type", "vlan", "id", "7");
            node.run("ip", "link", "set", "branch", "address", BRANCH.mac().toString(), "up");
            node.run("ip", "address", "add", "10.0.1.4/24", "dev", "branch");
            node.run("ip", "route", "add", "default", "via", "10.0.1.1");
            assertThat(node.reaches(Fabric.INTERNET)).isTrue();
            assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
            ledger.change(vpc -> vpc.with(TRUNK.withAttachment(Optional.empty())));
            assertThat(node.run("ip", "-o", "link").output().lines()).hasSize(1);
        }
    }
}
