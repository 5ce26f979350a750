package io.patchbay.kernel.probe;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// An IOMMU group opened as a process does that is to drive a member of it. Every failure is a
/// KernelException. Sources: the kernel's Documentation/driver-api/vfio.rst and linux/vfio.h.
///
/// ```
///  0       4       8
///  +-------+-------+
///  | u32   | u32   |               struct vfio_group_status
///  | argsz | flags |
///  +-------+-------+-------+-------+------------+
///  | u32   | u32   | u32   | u32   | u32        |
///  | argsz | flags | regions| irqs | cap_offset |  struct vfio_device_info, and 4 octets more
///  +-------+-------+-------+-------+------------+
/// ```
final class VfioGroup implements AutoCloseable {
    // _IO(';', 100 + n)
    private static final int GET_API_VERSION = 0x3B64;
    private static final int CHECK_EXTENSION = 0x3B65;
    private static final int SET_IOMMU = 0x3B66;
    private static final int GROUP_GET_STATUS = 0x3B67;
    private static final int GROUP_SET_CONTAINER = 0x3B68;
    private static final int GROUP_GET_DEVICE_FD = 0x3B6A;
    private static final int DEVICE_GET_INFO = 0x3B6B;
    private static final int DEVICE_RESET = 0x3B6F;

    private static final int TYPE1V2_IOMMU = 3;
    private static final int NOIOMMU_IOMMU = 8;
    private static final int GROUP_VIABLE = 1;
    private static final int CAN_BE_RESET = 1;
    private static final int INFO_SIZE = 24;
    private static final int NONE = -1;

    private final int container;
    private final int group;
    private int device = NONE;

    private VfioGroup(int container, int group) {
        this.container = container;
        this.group = group;
    }

    /// EBUSY where another process has the group.
    static VfioGroup open(Path vfio, Path node) {
        int container = Syscalls.open("open " + vfio, vfio.toString(), Syscalls.O_RDWR, 0);
        try {
            return new VfioGroup(
                    container, Syscalls.open("open " + node, node.toString(), Syscalls.O_RDWR, 0));
        } catch (RuntimeException e) {
            Syscalls.close(container);
            throw e;
        }
    }

    int version() {
        return Syscalls.call(
                "ask vfio for its version", () -> C.ioctl(container, GET_API_VERSION, 0));
    }

    /// Whether no member has a driver in the way.
    boolean isViable() {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, 8).putInt(4, 0);
            Syscalls.call(
                    "ask for the status of the group",
                    () -> C.ioctl(group, GROUP_GET_STATUS, memory.address(0)));
            return (memory.buffer().getInt(4) & GROUP_VIABLE) != 0;
        }
    }

    /// Gives the group an address space of its own.
    void attach() {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, container);
            Syscalls.call(
                    "put the group into a container",
                    () -> C.ioctl(group, GROUP_SET_CONTAINER, memory.address(0)));
        }
        boolean translates =
                Syscalls.call(
                                "ask vfio for its kinds of IOMMU",
                                () -> C.ioctl(container, CHECK_EXTENSION, TYPE1V2_IOMMU))
                        > 0;
        Syscalls.call(
                "give the container an IOMMU",
                () -> C.ioctl(container, SET_IOMMU, translates ? TYPE1V2_IOMMU : NOIOMMU_IOMMU));
    }

    /// EACCES where the physical function's process holds a token back.
    void openDevice(String address) {
        try (Memory memory = Memory.take()) {
            memory.buffer().put(0, (address + "\0").getBytes(StandardCharsets.US_ASCII));
            device =
                    Syscalls.call(
                            "open the device",
                            () -> C.ioctl(group, GROUP_GET_DEVICE_FD, memory.address(0)));
        }
    }

    /// What the device has, after a reset where it can be reset.
    ///
    /// @param regions of memory and ports that it has
    record Device(int regions, int interrupts, boolean wasReset) {}

    Device reset() {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, INFO_SIZE).putLong(4, 0).putLong(12, 0).putInt(20, 0);
            Syscalls.call(
                    "ask for what the device has",
                    () -> C.ioctl(device, DEVICE_GET_INFO, memory.address(0)));
            boolean resettable = (memory.buffer().getInt(4) & CAN_BE_RESET) != 0;
            Device found =
                    new Device(memory.buffer().getInt(8), memory.buffer().getInt(12), resettable);
            if (resettable) {
                Syscalls.call("reset the device", () -> C.ioctl(device, DEVICE_RESET, 0));
            }
            return found;
        }
    }

    @Override
    public void close() {
        if (device != NONE) {
            Syscalls.close(device);
        }
        Syscalls.close(group);
        Syscalls.close(container);
    }
}
