package io.patchbay.sriov;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The section `sriov` of patchbay.yaml.
///
/// @param physicalFunctions the cards whose virtual functions are made here, each named once
record SriovSettings(List<DeclaredFunction> physicalFunctions) {
    SriovSettings {
        physicalFunctions = List.copyOf(physicalFunctions);
        Set<String> named = new HashSet<>();
        for (DeclaredFunction declared : physicalFunctions) {
            if (!named.add(declared.name())) {
                throw new IllegalArgumentException(
                        "\"physicalFunctions\" has %s twice: say all of it in one place"
                                .formatted(declared.name()));
            }
        }
    }
}
