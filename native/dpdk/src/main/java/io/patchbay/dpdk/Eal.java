package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// DPDK's environment: started once a process, and the maker of everything else. Closing it closes
/// every port, ring and pool; then DPDK is gone from this process for good.
///
/// Safe for use by many threads.
public final class Eal implements AutoCloseable {
    private static @Nullable Eal started;
    private static boolean failed;

    final Map<Integer, Port> ports = new ConcurrentHashMap<>();
    final Set<Burst> bursts = ConcurrentHashMap.newKeySet();
    final Set<Ring> rings = ConcurrentHashMap.newKeySet();
    final Set<Mempool> pools = ConcurrentHashMap.newKeySet();
    final Map<Thread, Worker> workers = new ConcurrentHashMap<>();

    private final Events events = new Events(this);
    private volatile boolean open = true;

    private Eal() {}

    /// Starts DPDK with the arguments of its command line, the program's name left out, such as
    /// `--no-huge -m 256`.
    ///
    /// Throws a [DpdkException] where DPDK is off (ENOSYS), was started before (EALREADY) or
    /// refuses. Then and only then it may be tried again, though DPDK 22.11 keeps some of what it
    /// refused, such as the process type. The affinity of this thread, and of every other, stays.
    public static synchronized Eal init(List<String> args) {
        if (Dpdk.availability() instanceof Availability.Off(String why)) {
            throw new DpdkException(why, Errno.ENOSYS);
        }
        if (started != null) {
            throw new DpdkException(
                    "EAL was started in this process before, and starts once: use another process.",
                    Errno.EALREADY);
        }
        String[] words = EalArguments.checked(args);
        int result = Aside.call(() -> EalNative.init(words));
        String before = failed ? ", after a failed attempt, of which DPDK may keep something" : "";
        failed = result < 0;
        check(result, "EAL does not start with " + args + before);
        Eal eal = new Eal();
        started = eal;
        check(EventsNative.start(), "Events of ports cannot be had");
        return eal;
    }

    /// The library's own, such as `DPDK 22.11.11`.
    public String version() {
        return EalNative.version();
    }

    public boolean hasHugepages() {
        require();
        return EalNative.hasHugepages();
    }

    public IovaMode iovaMode() {
        require();
        return IovaMode.of(EalNative.iovaMode());
    }

    /// The names of all ports there are, taken or not, by number.
    public List<String> portNames() {
        require();
        return Arrays.stream(EthdevNative.ports()).mapToObj(EthdevNative::name).toList();
    }

    /// Takes a port, which until it is closed nobody else in this process can take: EBUSY. ENODEV
    /// where there is none.
    public synchronized Port port(String name) {
        require();
        int number = EthdevNative.find(name);
        if (number == -Errno.ENODEV) {
            throw new DpdkException(
                    "There is no port '" + name + "': there are " + portNames() + ".",
                    Errno.ENODEV);
        }
        check(number, "The port '" + name + "' cannot be looked up");
        Port port = new Port(this, number, name);
        if (ports.putIfAbsent(number, port) != null) {
            throw new DpdkException(
                    "The port '" + name + "' is taken: close it where it is used first.",
                    Errno.EBUSY);
        }
        return port;
    }

    /// Adds a device, such as `hotplugAdd("vdev", "net_null0", "size=64")`; its port can be taken
    /// then.
    public synchronized void hotplugAdd(String bus, String device, String args) {
        require();
        check(
                EalNative.hotplugAdd(bus, device, args),
                "The device '"
                        + device
                        + "' cannot be added to the bus '"
                        + bus
                        + "' with '"
                        + args
                        + "'");
    }

    /// Removes a device whose port, if it was taken, is closed; EBUSY before.
    public synchronized void hotplugRemove(String bus, String device) {
        require();
        if (ports.values().stream().anyMatch(port -> port.name().equals(device))) {
            throw new DpdkException(
                    "The device '"
                            + device
                            + "' is not removed while its port is taken: close it first.",
                    Errno.EBUSY);
        }
        check(
                EalNative.hotplugRemove(bus, device),
                "The device '" + device + "' cannot be removed from the bus '" + bus + "'");
    }

    /// A pool of `count` packet buffers, each with room for `dataRoom` bytes, headroom of 128
    /// included.
    public synchronized Mempool mempool(
            String name, int count, int cacheSize, int privateSize, int dataRoom, int socket) {
        require();
        Mempool pool = Mempool.create(this, name, count, cacheSize, privateSize, dataRoom, socket);
        pools.add(pool);
        return pool;
    }

    /// A pool for frames of usual size: 2048 bytes and headroom, on any NUMA node.
    public Mempool mempool(String name, int count) {
        return mempool(name, count, Math.min(256, count / 4), 0, 2176, -1);
    }

    /// An empty burst for up to so many packets, at most 512.
    public synchronized Burst burst(int capacity) {
        require();
        Burst burst = new Burst(this, capacity);
        bursts.add(burst);
        return burst;
    }

    /// A queue of packets between threads.
    public synchronized Ring ring(String name, int capacity, Ring.Ends ends) {
        require();
        Ring ring = Ring.create(this, name, capacity, ends);
        rings.add(ring);
        return ring;
    }

    /// Makes the current thread, which must be a platform thread, one of DPDK's.
    public synchronized Worker worker() {
        require();
        Worker worker = new Worker(this);
        workers.put(Thread.currentThread(), worker);
        return worker;
    }

    /// What happens to ports.
    public Events events() {
        return events;
    }

    void require() {
        if (!open) {
            throw new IllegalStateException("EAL is closed, and starts once a process.");
        }
    }

    /// Waits for the crossings under way, closes what is open, then ends DPDK. Refuses with EBUSY
    /// while a thread is a [Worker].
    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        List<Thread> alive = workers.keySet().stream().filter(Thread::isAlive).toList();
        if (!alive.isEmpty()) {
            throw new DpdkException(
                    "EAL is not closed while " + alive + " are its workers: close them first.",
                    Errno.EBUSY);
        }
        open = false;
        List<RuntimeException> failures = new ArrayList<>();
        for (Port port : ports.values()) {
            try {
                port.close();
            } catch (DpdkException e) {
                failures.add(e);
            }
        }
        rings.forEach(Ring::close);
        bursts.forEach(Burst::close);
        pools.forEach(Mempool::abandon);
        Memory.close();
        try {
            check(Aside.call(EalNative::cleanup), "EAL does not end cleanly");
        } catch (DpdkException e) {
            failures.add(e);
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
