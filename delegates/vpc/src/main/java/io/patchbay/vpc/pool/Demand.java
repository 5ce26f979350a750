package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;
import java.util.Optional;

/// What kind of address somebody needs: of which interfaces, and of which family.
///
/// @param eni the id of the only interface that will do, where it must be one
public record Demand(EniConfig config, Family family, Optional<String> eni) {
    /// An address of IPv4 of the node's own subnet and security groups.
    public static final Demand NODE = new Demand(EniConfig.NODE, Family.IPV4);

    /// An address of any interface that was made for something.
    public Demand(EniConfig config, Family family) {
        this(config, family, Optional.empty());
    }

    /// An address of one interface.
    public static Demand of(Eni eni, Family family) {
        return new Demand(eni.config(), family, Optional.of(eni.id()));
    }

    public boolean suits(Eni candidate) {
        return eni.map(candidate.id()::equals).orElseGet(() -> candidate.config().equals(config));
    }

    /// Whether an interface that is made anew will do.
    boolean suits(EniConfig made) {
        return eni.isEmpty() && made.equals(config);
    }

    boolean suits(Order order) {
        return order.kind().family() == family;
    }

    @Override
    public String toString() {
        return "%s of %s"
                .formatted(
                        family == Family.IPV4 ? "IPv4" : "IPv6",
                        eni.map(id -> "interface " + id).orElseGet(config::toString));
    }
}
