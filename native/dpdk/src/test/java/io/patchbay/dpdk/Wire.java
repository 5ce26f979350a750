package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// Frames between ports, of a content that tells them apart.
final class Wire {
    private Wire() {}

    /// A broadcast of an experimental ethertype, of `length` bytes from `seed` on.
    static byte[] frame(int seed, int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (seed + i);
        }
        java.util.Arrays.fill(frame, 0, 6, (byte) 0xff);
        frame[6] = 2;
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xb5;
        return frame;
    }

    /// Sends three frames on one port until they come out of another, unchanged and in order.
    static void assertCarries(Eal eal, Mempool pool, Port from, Port to) {
        List<byte[]> sent = List.of(frame(1, 60), frame(2, 64), frame(3, 1500));
        List<byte[]> received = new ArrayList<>();
        try (Burst out = eal.burst(32);
                Burst in = eal.burst(32)) {
            pool.allocate(out, sent.size());
            for (int i = 0; i < sent.size(); i++) {
                out.packet(i).setBytes(sent.get(i));
            }
            Await.until(
                    "three frames come from " + from + " to " + to,
                    () -> {
                        from.tx(0).send(out);
                        to.rx(0).receive(in);
                        collect(in, received);
                        return received.size() >= sent.size();
                    });
        }
        assertThat(received).containsExactlyElementsOf(sent);
    }

    private static void collect(Burst in, List<byte[]> received) {
        for (int i = 0; i < in.size(); i++) {
            byte[] frame = in.packet(i).toBytes();
            if (frame.length > 14 && frame[12] == (byte) 0x88 && frame[13] == (byte) 0xb5) {
                received.add(frame);
            }
        }
        in.clear();
    }
}
