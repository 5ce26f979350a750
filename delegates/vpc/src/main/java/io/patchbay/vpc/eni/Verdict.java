package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What to take for true after a vote.
///
/// @param believed the interfaces that carry pods, with the blocks that may be given to pods
/// @param roles by id, of every interface that EC2 tells of
/// @param goneEnis the ids of those that are gone for certain
/// @param goneBlocks by the id of their interface, the blocks that are gone for certain
/// @param disagreements a sentence for each thing that the witnesses tell differently
public record Verdict(
        List<Eni> believed,
        Map<String, Role> roles,
        Set<String> goneEnis,
        Map<String, Set<Cidr>> goneBlocks,
        List<String> disagreements) {
    public Verdict {
        believed = List.copyOf(believed);
        roles = Map.copyOf(roles);
        goneEnis = Set.copyOf(goneEnis);
        goneBlocks = Map.copyOf(goneBlocks);
        disagreements = List.copyOf(disagreements);
    }
}
