package io.patchbay.vpc.eni;

import java.util.List;

/// What an instance of a type can carry.
///
/// @param cards how many interfaces each network card takes, by its index
/// @param addresses how many blocks an interface takes: the primary address is one of them
/// @param prefixes whether it takes prefixes: on Nitro and bare metal
public record InstanceLimits(List<Integer> cards, int addresses, boolean prefixes) {
    public InstanceLimits {
        cards = List.copyOf(cards);
    }

    public int enis() {
        return cards.stream().mapToInt(Integer::intValue).sum();
    }

    /// How many blocks for pods an interface takes.
    public int slots() {
        return addresses - 1;
    }
}
