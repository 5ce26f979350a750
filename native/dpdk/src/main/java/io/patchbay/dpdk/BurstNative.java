package io.patchbay.dpdk;

/// `burst.c`: the data path. Nothing is checked on the other side; `slots` is an address of mbuf
/// pointers.
final class BurstNative {
    /// The most packets that cross at once.
    static final int LONGEST = 512;

    private BurstNative() {}

    static native int receive(int port, int queue, long slots, int room);

    static native int send(int port, int queue, long slots, int count, boolean prepare);

    static native int sendAll(
            int port, int queue, long slots, int count, int retries, boolean prepare);

    static native long forward(
            int fromPort, int fromQueue, int toPort, int toQueue, int most, boolean prepare);
}
