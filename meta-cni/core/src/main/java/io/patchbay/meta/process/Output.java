package io.patchbay.meta.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a process has written to one of its pipes so far, within bounds. It never waits for more.
final class Output {
    private static final int CHUNK = 64 << 10;

    private final InputStream pipe;
    private final int most;
    private final boolean tail;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] kept = new byte[0];
    private boolean flooded;

    private Output(InputStream pipe, int most, boolean tail) {
        this.pipe = pipe;
        this.most = most;
        this.tail = tail;
    }

    /// Takes no more than `most` bytes: one more floods it.
    static Output head(InputStream pipe, int most) {
        return new Output(pipe, most, false);
    }

    /// Takes everything and keeps the last `most` bytes.
    static Output tail(InputStream pipe, int most) {
        return new Output(pipe, most, true);
    }

    void drain() throws IOException {
        int passed = 0;
        while (!flooded && passed <= MOST_AT_ONCE && pipe.available() > 0) {
            int count = pipe.read(chunk, 0, Math.min(CHUNK, pipe.available()));
            if (count <= 0) {
                return;
            }
            passed += count;
            keep(count);
        }
    }

    /// So that whoever writes for ever is looked at in between.
    private static final int MOST_AT_ONCE = 1 << 20;

    private void keep(int count) {
        int length = kept.length + count;
        if (!tail && length > most) {
            flooded = true;
            return;
        }
        byte[] all = Arrays.copyOf(kept, length);
        System.arraycopy(chunk, 0, all, kept.length, count);
        kept = length <= most ? all : Arrays.copyOfRange(all, length - most, length);
    }

    boolean isFlooded() {
        return flooded;
    }

    String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }
}
