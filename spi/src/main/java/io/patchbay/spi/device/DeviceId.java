package io.patchbay.spi.device;

/// A device as the kubelet or the pod names it: a PCI address such as `0000:01:10.0`, or the id of
/// an auxiliary device. A device is this, never the name of its link.
public record DeviceId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
