package io.patchbay.meta.deviceplugin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// What sysfs tells of a function for containers' sake.
///
/// @param acpiIndex the number that the firmware gives it
/// @param partition the first InfiniBand partition of its first port, such as `0x8001`
/// @param rdmaNodes below /dev, by what `_INFO` calls them: uverbs, umad, issm, rdma_cm
/// @param uioNodes such as `/dev/uio0`
/// @param buses what its links may be told to sit on in its place, such as `virtio0`
record Traits(
        OptionalInt acpiIndex,
        Optional<String> partition,
        SequencedMap<String, String> rdmaNodes,
        List<String> uioNodes,
        List<String> buses) {
    static final Traits NONE =
            new Traits(
                    OptionalInt.empty(),
                    Optional.empty(),
                    new LinkedHashMap<>(),
                    List.of(),
                    List.of());

    boolean hasAcpiIndex(int index) {
        return acpiIndex.isPresent() && acpiIndex.getAsInt() == index;
    }

    Traits withRdmaNodes(SequencedMap<String, String> nodes) {
        return new Traits(acpiIndex, partition, nodes, uioNodes, buses);
    }
}
