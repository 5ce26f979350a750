package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Order;
import java.util.List;

/// One thing to be done about the interfaces. It is in flight until EC2 has answered.
public sealed interface Action {
    /// More blocks for an interface.
    record Assign(String eni, Order order) implements Action {}

    /// A further interface, attached and set up.
    ///
    /// @param config what it is for
    /// @param order what it gets at once
    record Create(EniConfig config, int card, String subnet, Order order) implements Action {
        /// One as the node's own.
        public Create(int card, String subnet, Order order) {
            this(EniConfig.NODE, card, subnet, order);
        }
    }

    /// Gives blocks back; they are of one kind, which is one call.
    record Unassign(String eni, List<Cidr> blocks) implements Action {
        public Unassign {
            blocks = List.copyOf(blocks);
        }
    }

    /// Detaches and deletes an interface.
    record Remove(String eni) implements Action {}
}
