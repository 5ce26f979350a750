package io.patchbay.kit.machine;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;

/// A kernel with a card on paper.
record PaperCardKernel(Kernel kernel, PaperCard card) implements Kernel {
    @Override
    public Netns host() {
        return new PaperCardNetns(kernel.host(), () -> {}, card);
    }

    @Override
    public OpenNetns openHost() {
        return wrapped(kernel.openHost());
    }

    @Override
    public OpenNetns open(String path) {
        return wrapped(kernel.open(path));
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        return wrapped(kernel.adopt(descriptor, path));
    }

    private OpenNetns wrapped(OpenNetns opened) {
        return new PaperCardNetns(opened, opened::close, card);
    }

    @Override
    public Pci pci() {
        return new PaperCardPci(Kernel.pci(card.machine().root()), card);
    }

    @Override
    public Directories directories() {
        return kernel.directories();
    }
}
