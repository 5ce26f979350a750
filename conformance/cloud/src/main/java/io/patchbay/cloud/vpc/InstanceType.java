package io.patchbay.cloud.vpc;

import java.util.List;

/// What an instance of a type can carry. Source: EC2 user guide, "Maximum IP addresses per network
/// interface"; for branches, the VPC resource controller's limits.
///
/// @param hypervisor `nitro`, `xen`, or empty on bare metal
/// @param cards how many interfaces each network card takes, by its index
/// @param addresses how many IPv4 addresses an interface takes; each prefix takes the place of one
/// @param branches how many interfaces its trunk takes; 0 where it has no trunk
public record InstanceType(
        String name,
        String hypervisor,
        boolean bareMetal,
        List<Integer> cards,
        int addresses,
        int branches) {
    public InstanceType {
        cards = List.copyOf(cards);
    }

    public int interfaces() {
        return cards.stream().mapToInt(Integer::intValue).sum();
    }

    public boolean takesPrefixes() {
        return bareMetal || hypervisor.equals("nitro");
    }
}
