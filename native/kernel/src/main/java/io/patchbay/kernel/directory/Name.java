package io.patchbay.kernel.directory;

import io.patchbay.kernel.libc.Memory;
import java.nio.charset.StandardCharsets;

/// A file's name as the kernel has it: octets, of whatever encoding, and a zero behind them.
final class Name implements AutoCloseable {
    private final Memory memory = Memory.take();

    private Name(byte[] octets) {
        memory.buffer().put(0, octets).put(octets.length, (byte) 0);
    }

    static Name of(byte[] octets) {
        return new Name(octets);
    }

    static Name of(String text) {
        return new Name(text.getBytes(StandardCharsets.UTF_8));
    }

    long address() {
        return memory.address(0);
    }

    @Override
    public void close() {
        memory.close();
    }
}
