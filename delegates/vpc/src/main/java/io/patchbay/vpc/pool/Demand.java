package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;

/// What kind of address somebody needs: of which interfaces, and of which family.
public record Demand(EniConfig config, Family family) {
    /// An address of IPv4 of the node's own subnet and security groups.
    public static final Demand NODE = new Demand(EniConfig.NODE, Family.IPV4);

    public boolean suits(Eni eni) {
        return eni.config().equals(config);
    }

    boolean suits(Order order) {
        return order.kind().family() == family;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(family == Family.IPV4 ? "IPv4" : "IPv6", config);
    }
}
