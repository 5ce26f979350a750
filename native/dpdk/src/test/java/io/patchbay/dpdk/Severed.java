package io.patchbay.dpdk;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A process whose peer's memory goes away while the link is up, as it does amid a burst when the
/// peer goes: `Severed PORT EAL-ARGUMENT...` says what each use of the port came to.
final class Severed {
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static @Nullable Object nothing;

    private Severed() {}

    public static void main(String[] args) throws Throwable {
        List<String> words = List.of(args);
        try (Eal eal = Eal.init(words.subList(1, words.size()));
                Mempool pool = eal.mempool("severed", 1023);
                Port port = eal.port(words.getFirst())) {
            port.configure(PortConfig.ofQueues(1, 1), pool);
            port.start();
            System.out.println("ready");
            Await.until("the peer is there", () -> port.link().up());
            protect(PROT_NONE);
            try (Burst burst = eal.burst(32)) {
                tell("receive", () -> port.rx(0).receive(burst));
                tell(
                        "send",
                        () -> {
                            pool.allocate(burst, 5);
                            return port.tx(0).send(burst);
                        });
                tell(
                        "sendAll",
                        () -> {
                            pool.allocate(burst, 5);
                            return port.tx(0).sendAll(burst, 1);
                        });
                tell("forward", () -> port.rx(0).forward(port.tx(0), 32));
                System.out.println("left " + burst.size() + ", dropped " + port.tx(0).dropped());
            }
            System.out.println("null pointers " + nullPointers());
            protect(PROT_READ_WRITE);
            Wire.assertCarries(eal, pool, port, port);
            System.out.println("carries");
        }
    }

    /// What a use comes to until it throws, which must be soon.
    private static void tell(String what, IntSupplier use) {
        StringBuilder told = new StringBuilder(what).append(' ');
        try {
            for (int i = 0; i <= PeerMemory.MOST_IN_A_ROW; i++) {
                told.append(use.getAsInt()).append(' ');
            }
        } catch (DpdkException e) {
            told.append("errno ").append(e.errno()).append(": ").append(e.getMessage());
        }
        System.out.println(told);
    }

    /// The JVM's own faults, of code that is compiled by then.
    @SuppressWarnings("NullAway")
    private static int nullPointers() {
        int count = 0;
        for (int i = 0; i < 20_000; i++) {
            try {
                count += nothing.hashCode();
            } catch (NullPointerException e) {
                count++;
            }
        }
        return count;
    }

    private static void protect(int protection) throws Throwable {
        for (String line : mappings()) {
            int dash = line.indexOf('-');
            long start = Long.parseUnsignedLong(line, 0, dash, 16);
            long end = Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16);
            long length = end - start;
            int result =
                    (int)
                            mprotect()
                                    .invokeExact(
                                            MemorySegment.ofAddress(start), length, protection);
            if (result != 0) {
                throw new AssertionError("mprotect of " + line + " fails");
            }
        }
    }

    private static List<String> mappings() throws IOException {
        List<String> mappings =
                Files.readAllLines(Path.of("/proc/self/maps")).stream()
                        .filter(line -> line.contains("memif"))
                        .filter(line -> line.contains("/memfd:"))
                        .toList();
        if (mappings.isEmpty()) {
            throw new AssertionError("The process shares no memory of a peer");
        }
        return mappings;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle mprotect() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mprotect"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
    }
}
