package io.patchbay.meta.cni;

/// The verbs of CNI 1.1.0 (SPEC.md, "CNI operations").
public enum CniCommand {
    ADD,
    DEL,
    CHECK,
    GC,
    STATUS,
    VERSION
}
