package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import io.patchbay.spi.net.Watch;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Namespaces on paper: they have an inode, no links, and are counted while they are open.
final class PaperKernel implements Kernel {
    static final long HOST = 1;

    final Map<String, Long> inodes = new ConcurrentHashMap<>();
    final Map<Integer, Long> descriptors = new ConcurrentHashMap<>();
    final AtomicInteger open = new AtomicInteger();

    @Override
    public Netns host() {
        return netns("/host", HOST);
    }

    /// A machine without a bus.
    @Override
    public Pci pci() {
        return Kernel.pci(Path.of("/nowhere"));
    }

    /// A machine without files.
    @Override
    public Directories directories() {
        return Kernel.directories(Path.of("/nowhere"));
    }

    @Override
    public OpenNetns openHost() {
        open.incrementAndGet();
        return netns("/host", HOST);
    }

    @Override
    public OpenNetns open(String path) {
        Long inode = inodes.get(path);
        if (inode == null) {
            throw new KernelException("open " + path, KernelException.ENOENT, "ENOENT");
        }
        open.incrementAndGet();
        return netns(path, inode);
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        Long inode = descriptors.get(descriptor);
        if (inode == null) {
            throw new KernelException("adopt " + descriptor, KernelException.EINVAL, "EINVAL");
        }
        open.incrementAndGet();
        return netns(path, inode);
    }

    private OpenNetns netns(String path, long inode) {
        return (OpenNetns)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {OpenNetns.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "path" -> path;
                                    case "inode" -> inode;
                                    case "rtnl" -> rtnl();
                                    case "nft" -> refusing(Nft.class);
                                    case "sysctl" -> sysctl();
                                    case "watch" -> refusing(Watch.class);
                                    case "close" -> open.decrementAndGet();
                                    case "toString" -> path;
                                    case "inside" -> ((Supplier<?>) arguments[0]).get();
                                    default ->
                                            throw new AssertionError(method + " is not on paper");
                                });
    }

    /// There is a port, but nobody lets anybody use it.
    private <P> P refusing(Class<P> port) {
        return port.cast(
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                return null;
                            }
                            throw new KernelException(
                                    method.getName(), KernelException.EOPNOTSUPP, "EOPNOTSUPP");
                        }));
    }

    /// There is no key.
    private Sysctl sysctl() {
        return (Sysctl)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Sysctl.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "find" -> Optional.empty();
                                    default ->
                                            throw new KernelException(
                                                    "set " + arguments[0],
                                                    KernelException.ENOENT,
                                                    "ENOENT");
                                });
    }

    private Rtnl rtnl() {
        return (Rtnl)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Rtnl.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "find" -> Optional.empty();
                                    case "apply" -> null;
                                    default -> List.of();
                                });
    }
}
