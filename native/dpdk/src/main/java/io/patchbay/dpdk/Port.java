package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
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
        return PortSetup.info(this);
    }

    public Counters counters() {
        return new Counters(this);
    }

    public Rss rss() {
        return new Rss(this);
    }

    /// Sets the port up, which must not be started, to receive into a pool. Its queues are new ones
    /// then.
    public synchronized void configure(PortConfig config, Mempool pool) {
        require();
        if (state == State.STARTED) {
            throw new IllegalStateException(this + " is started: stop it to configure it.");
        }
        PortSetup.requireOffered(this, config);
        state = State.TAKEN;
        rx = List.of();
        tx = List.of();
        long address = pool.use(this);
        pools.add(pool);
        PortSetup.configure(this, config, address);
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

    public void setMac(MacAddress mac) {
        call(n -> EthdevNative.setMac(n, mac.value()), "does not take the MAC address " + mac);
    }

    public int mtu() {
        return call(EthdevNative::mtu, "does not tell its MTU");
    }

    public void setMtu(int mtu) {
        if (mtu < 0 || mtu > 0xffff) {
            throw new IllegalArgumentException("An MTU cannot be " + mtu + ": give 0 to 65535.");
        }
        call(n -> EthdevNative.setMtu(n, mtu), "does not take the MTU " + mtu);
    }

    public boolean promiscuous() {
        return call(EthdevNative::promiscuous, "does not tell whether it is promiscuous") == 1;
    }

    public void setPromiscuous(boolean on) {
        call(n -> EthdevNative.setPromiscuous(n, on), "does not become promiscuous=" + on);
    }

    public boolean allMulticast() {
        return call(EthdevNative::allMulticast, "does not tell whether it takes all multicast")
                == 1;
    }

    public void setAllMulticast(boolean on) {
        call(n -> EthdevNative.setAllMulticast(n, on), "does not become allMulticast=" + on);
    }

    /// What a call on the port's number returns, or its failure; never while it is closed.
    synchronized int call(IntUnaryOperator action, String failure) {
        require();
        return check(action.applyAsInt(number), this + " " + failure);
    }

    void require() {
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
