package io.patchbay.e2e;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.Assignments;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.spi.net.Cidr;
import java.util.List;

/// Somebody else in a subnet, who takes addresses that EC2 has not for the node then.
final class CloudChurnTenant {
    /// Takes 49 blocks beside its first address.
    private static final String TYPE = "m5.24xlarge";

    private final SimulatedVpc vpc;
    private final String eni;
    private final Choice choice = Choice.lowestFirst();

    CloudChurnTenant(SimulatedVpc vpc, Cidr subnet) {
        this.vpc = vpc;
        this.eni = vpc.run("tenant of " + subnet, TYPE, subnet, 0).primary().id();
    }

    void take(Order order) {
        var _ = vpc.ledger().perform(all -> Assignments.assign(all, eni, order, choice));
    }

    /// Takes every whole prefix that is left.
    void takePrefixes() {
        takeAll(Order.prefixes(1));
    }

    /// Takes every address that is left, one by one.
    void takeAll() {
        takePrefixes();
        takeAll(Order.addresses(1));
    }

    private void takeAll(Order order) {
        try {
            while (true) {
                take(order);
            }
        } catch (Ec2Refusal _) {
            // There are no more of them.
        }
    }

    void leave() {
        vpc.ledger().change(all -> all.with(all.getInterface(eni).withBlocks(List.of())));
    }
}
