package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciFunction;

/// What a network function speaks, by its PCI code and not by its link: a pod may have taken the
/// link away. Source: PCI Code and ID Assignment Specification 1.11, §1.3.
enum LinkType {
    ETHER("ether", 0x0200),
    INFINIBAND("infiniband", 0x0207);

    private static final int SUBCLASS = 8;

    private final String word;
    private final int code;

    LinkType(String word, int code) {
        this.word = word;
        this.code = code;
    }

    String word() {
        return word;
    }

    boolean isOf(PciFunction function) {
        return function.code() >>> SUBCLASS == code;
    }
}
