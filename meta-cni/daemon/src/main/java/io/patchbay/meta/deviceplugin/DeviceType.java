package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciFunction;

/// What kind of device a pool has, by the base class of the function's PCI code. Source: PCI Code
/// and ID Assignment Specification 1.11, §1.
enum DeviceType {
    NET_DEVICE("netDevice", 0x02),
    ACCELERATOR("accelerator", 0x12);

    private static final int BASE_CLASS = 16;

    private final String word;
    private final int baseClass;

    DeviceType(String word, int baseClass) {
        this.word = word;
        this.baseClass = baseClass;
    }

    /// As the configuration calls it.
    String word() {
        return word;
    }

    boolean has(PciFunction function) {
        return function.code() >>> BASE_CLASS == baseClass;
    }
}
