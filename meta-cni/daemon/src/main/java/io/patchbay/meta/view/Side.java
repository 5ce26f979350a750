package io.patchbay.meta.view;

/// Where something of an attachment is.
enum Side {
    POD,
    NODE;

    @Override
    public String toString() {
        return this == POD ? "pod" : "node";
    }
}
