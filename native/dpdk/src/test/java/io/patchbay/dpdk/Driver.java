package io.patchbay.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// Says of port 0 what a driver of hardware would. None of those without hardware tells that its
/// device is gone or was reset. Sources: DPDK, ethdev_driver.h and `enum rte_eth_event_type`.
final class Driver {
    static final int LINK = 1;
    static final int RESET = 3;
    static final int REMOVAL = 6;

    private static final MethodHandle PROCESS = process();

    private Driver() {}

    @SuppressWarnings("restricted")
    private static MethodHandle process() {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbol("rte_eth_dev_callback_process"),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    }

    /// Of a library that ours brought along.
    private static MemorySegment symbol(String name) {
        return SymbolLookup.loaderLookup().find(name).orElseThrow();
    }

    static void tell(int event) {
        try {
            int result =
                    (int) PROCESS.invokeExact(symbol("rte_eth_devices"), event, MemorySegment.NULL);
            if (result != 0) {
                throw new IllegalStateException("a callback returned " + result);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
