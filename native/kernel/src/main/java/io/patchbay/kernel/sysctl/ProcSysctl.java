package io.patchbay.kernel.sysctl;

import io.patchbay.kernel.libc.TextFile;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Sysctl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The files below /proc/sys. What /proc/sys/net shows follows the thread that opens it, so another
/// namespace's costs a thread; the process's own does not.
public final class ProcSysctl implements Sysctl {
    private static final String ROOT = "/proc/sys/";

    private final NamespaceFile namespace;

    public ProcSysctl(NamespaceFile namespace) {
        this.namespace = namespace;
    }

    @Override
    public Optional<String> find(String key) {
        try {
            return Optional.of(there(() -> read(key)));
        } catch (KernelException e) {
            if (e.errno() == KernelException.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void set(String key, String value) {
        boolean _ = there(() -> write(key, value));
    }

    @Override
    public void set(Map<String, String> values) {
        if (!values.isEmpty()) {
            boolean _ =
                    there(() -> {
                        values.forEach(this::writeUnlessSet);
                        return true;
                    });
        }
    }

    // addrconf_disable_ipv6 in net/ipv6/addrconf.c tries for the lock of all links, again and
    // again, before it looks whether anything changes.
    private void writeUnlessSet(String key, String value) {
        if (!isSet(key, value)) {
            write(key, value);
        }
    }

    /// What cannot be read, such as net/ipv4/route/flush, can be written yet, or says why not.
    private boolean isSet(String key, String value) {
        try {
            return read(key).equals(value);
        } catch (KernelException e) {
            return false;
        }
    }

    private String read(String key) {
        String operation = "read sysctl %s in %s".formatted(key, namespace.path());
        return TextFile.read(operation, file(key));
    }

    private boolean write(String key, String value) {
        String operation = "set sysctl %s to %s in %s".formatted(key, value, namespace.path());
        return TextFile.write(operation, file(key), value);
    }

    private static String file(String key) {
        List<String> parts = List.of(key.split("/", -1));
        if (parts.contains("") || parts.contains(".") || parts.contains("..")) {
            throw new IllegalArgumentException(
                    "\"" + key + "\" is no sysctl key: write it like net/ipv4/ip_forward");
        }
        return ROOT + key;
    }

    private <T> T there(Supplier<T> action) {
        return namespace.isHome() ? action.get() : namespace.inside(action);
    }
}
