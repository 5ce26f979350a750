package io.patchbay.spi.pod;

/// What names a pod. The uid is empty where the runtime did not tell it.
public record PodRef(String namespace, String name, String uid) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
