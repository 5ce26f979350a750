package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A port, taken from [Eal#port]: configured, then started, then its queues receive and send.
/// Closing it gives the device up.
///
/// Safe for use by many threads; its queues are for one each.
public final class Port implements AutoCloseable {
    private enum State {
        TAKEN,
        CONFIGURED,
        STARTED,
        CLOSED
    }

    private final Eal eal;
    private final int number;
    private final String name;
    private State state = State.TAKEN;

    /// The last is the one it receives into; others are there while a driver that refused a
    /// configuration may know them.
    private final List<Mempool> pools = new ArrayList<>();

    private List<RxQueue> rx = List.of();
    private List<TxQueue> tx = List.of();

    Port(Eal eal, int number, String name) {
        this.eal = eal;
        this.number = number;
        this.name = name;
    }

    /// DPDK's own, as [Packet#port] says it.
    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public synchronized PortInfo info() {
        require();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fields = arena.allocate(ValueLayout.JAVA_LONG, EthdevNative.INFO_FIELDS);
            check(EthdevNative.info(number, fields.address()), this + " does not tell what it is");
            return info(fields.toArray(ValueLayout.JAVA_LONG));
        }
    }

    private PortInfo info(long[] fields) {
        return new PortInfo(
                EthdevNative.driver(number),
                (int) fields[EthdevNative.INFO_RX_QUEUES],
                (int) fields[EthdevNative.INFO_TX_QUEUES],
                (int) fields[EthdevNative.INFO_MIN_MTU],
                (int) fields[EthdevNative.INFO_MAX_MTU],
                (int) fields[EthdevNative.INFO_NUMA_NODE],
                (int) fields[EthdevNative.INFO_RETA_SIZE],
                fields[EthdevNative.INFO_RSS_FUNCTIONS],
                fields[EthdevNative.INFO_RX_OFFLOADS],
                fields[EthdevNative.INFO_TX_OFFLOADS]);
    }

    /// Sets the port up, which must not be started, to receive into a pool. Its queues are new ones
    /// then.
    public synchronized void configure(PortConfig config, Mempool pool) {
        require();
        if (state == State.STARTED) {
            throw new IllegalStateException(this + " is started: stop it to configure it.");
        }
        offered(config, info());
        state = State.TAKEN;
        rx = List.of();
        tx = List.of();
        pool.use(this);
        pools.add(pool);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fields = arena.allocateFrom(ValueLayout.JAVA_LONG, fields(config, pool));
            check(
                    EthdevNative.configure(number, fields.address()),
                    this + " does not take " + config);
        }
        state = State.CONFIGURED;
        forgetPoolsBut(pool);
        boolean prepare = config.txOffloads() != 0;
        rx =
                IntStream.range(0, config.rxQueues())
                        .mapToObj(i -> new RxQueue(this, number, i))
                        .toList();
        tx =
                IntStream.range(0, config.txQueues())
                        .mapToObj(i -> new TxQueue(this, number, i, prepare))
                        .toList();
    }

    private void offered(PortConfig config, PortInfo info) {
        within("receive queues", config.rxQueues(), info.maxRxQueues());
        within("send queues", config.txQueues(), info.maxTxQueues());
        within("RSS functions", config.rssFunctions(), info.rssFunctions());
        within("receive offloads", config.rxOffloads(), info.rxOffloads());
        within("send offloads", config.txOffloads(), info.txOffloads());
    }

    private void within(String what, int wanted, int most) {
        if (wanted > most) {
            throw new IllegalArgumentException(
                    this + " has " + most + " " + what + ", not " + wanted + ".");
        }
    }

    private void within(String what, long wanted, long offered) {
        if ((wanted & ~offered) != 0) {
            throw new IllegalArgumentException(
                    "%s does not offer the %s 0x%x: it offers 0x%x."
                            .formatted(this, what, wanted & ~offered, offered));
        }
    }

    private static long[] fields(PortConfig config, Mempool pool) {
        long[] fields = new long[EthdevNative.CONFIG_FIELDS];
        fields[EthdevNative.CONFIG_RX_QUEUES] = config.rxQueues();
        fields[EthdevNative.CONFIG_TX_QUEUES] = config.txQueues();
        fields[EthdevNative.CONFIG_RX_DESCRIPTORS] = config.rxDescriptors();
        fields[EthdevNative.CONFIG_TX_DESCRIPTORS] = config.txDescriptors();
        fields[EthdevNative.CONFIG_MTU] = config.mtu();
        fields[EthdevNative.CONFIG_RSS_FUNCTIONS] = config.rssFunctions();
        fields[EthdevNative.CONFIG_RX_OFFLOADS] = config.rxOffloads();
        fields[EthdevNative.CONFIG_TX_OFFLOADS] = config.txOffloads();
        fields[EthdevNative.CONFIG_POOL] = pool.address();
        return fields;
    }

    public synchronized void start() {
        require();
        if (state == State.STARTED) {
            return;
        }
        if (state != State.CONFIGURED) {
            throw new IllegalStateException(this + " is not configured: configure it to start it.");
        }
        check(EthdevNative.start(number), this + " does not start");
        state = State.STARTED;
        rx.forEach(queue -> queue.claim.reopen());
        tx.forEach(queue -> queue.claim.reopen());
    }

    /// Waits for the bursts under way; later ones are refused.
    public synchronized void stop() {
        require();
        if (state != State.STARTED) {
            return;
        }
        shutQueues();
        state = State.CONFIGURED;
        check(EthdevNative.stop(number), this + " does not stop");
    }

    /// Puts the device back to how it was when it was found; it is to be configured then.
    public synchronized void reset() {
        stop();
        check(EthdevNative.reset(number), this + " cannot be reset");
        rx = List.of();
        tx = List.of();
        forgetPoolsBut(null);
        state = State.TAKEN;
    }

    public synchronized RxQueue rx(int index) {
        return queue(rx, index, "receive");
    }

    public synchronized TxQueue tx(int index) {
        return queue(tx, index, "send");
    }

    private <Q> Q queue(List<Q> queues, int index, String kind) {
        require();
        if (index < 0 || index >= queues.size()) {
            throw new IndexOutOfBoundsException(
                    "%s has no %s queue %d: it is configured with %d."
                            .formatted(this, kind, index, queues.size()));
        }
        return queues.get(index);
    }

    public synchronized Link link() {
        require();
        return Link.unpack(check(EthdevNative.link(number), this + " does not tell its link"));
    }

    public synchronized MacAddress mac() {
        require();
        return new MacAddress(
                check(EthdevNative.mac(number), this + " does not tell its MAC address"));
    }

    public synchronized void setMac(MacAddress mac) {
        require();
        check(
                EthdevNative.setMac(number, mac.value()),
                this + " does not take the MAC address " + mac);
    }

    public synchronized int mtu() {
        require();
        return check(EthdevNative.mtu(number), this + " does not tell its MTU");
    }

    public synchronized void setMtu(int mtu) {
        require();
        if (mtu < 0 || mtu > 0xffff) {
            throw new IllegalArgumentException("An MTU cannot be " + mtu + ": give 0 to 65535.");
        }
        check(EthdevNative.setMtu(number, mtu), this + " does not take the MTU " + mtu);
    }

    public synchronized boolean promiscuous() {
        require();
        return check(
                        EthdevNative.promiscuous(number),
                        this + " does not tell whether it is promiscuous")
                == 1;
    }

    public synchronized void setPromiscuous(boolean on) {
        require();
        check(EthdevNative.setPromiscuous(number, on), this + " does not become promiscuous=" + on);
    }

    public synchronized boolean allMulticast() {
        require();
        return check(
                        EthdevNative.allMulticast(number),
                        this + " does not tell whether it takes all multicast")
                == 1;
    }

    public synchronized void setAllMulticast(boolean on) {
        require();
        check(
                EthdevNative.setAllMulticast(number, on),
                this + " does not become allMulticast=" + on);
    }

    private void require() {
        if (state == State.CLOSED) {
            throw new IllegalStateException(this + " is closed.");
        }
    }

    private void shutQueues() {
        rx.forEach(queue -> queue.claim.shut());
        tx.forEach(queue -> queue.claim.shut());
    }

    private void forgetPoolsBut(@Nullable Mempool kept) {
        pools.stream().filter(pool -> pool != kept).forEach(pool -> pool.unuse(this));
        pools.removeIf(pool -> pool != kept);
    }

    /// Stops it, frees what is in its queues and gives the device up.
    @Override
    public synchronized void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean started = state == State.STARTED;
        shutQueues();
        state = State.CLOSED;
        int stopped = started ? EthdevNative.stop(number) : 0;
        int closed = EthdevNative.close(number);
        forgetPoolsBut(null);
        eal.ports.remove(number, this);
        check(stopped, this + " does not stop");
        check(closed, this + " does not close");
    }

    @Override
    public String toString() {
        return "The port '" + name + "'";
    }
}
