package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.IntStream;

/// A subnet. Source for what is reserved: VPC user guide, "Subnet CIDR blocks".
public record SimulatedSubnet(String id, Cidr cidr) {
    private static final int FIRST_FREE = 4;
    private static final int RESERVED_AT_THE_END = 1;

    /// The VPC's router: the second address of the subnet.
    public InetAddress router() {
        return cidr.at(1);
    }

    /// The lowest address that is neither reserved nor taken.
    InetAddress free(Set<InetAddress> taken) {
        int size = 1 << (Integer.SIZE - cidr.prefix());
        return IntStream.range(FIRST_FREE, size - RESERVED_AT_THE_END)
                .mapToObj(cidr::at)
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "subnet %s (%s) has no free address".formatted(id, cidr)));
    }
}
