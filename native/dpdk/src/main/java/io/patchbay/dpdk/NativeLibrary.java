package io.patchbay.dpdk;

import io.patchbay.dpdk.Availability.Available;
import io.patchbay.dpdk.Availability.Off;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The JNI library: the one in the jar, or the one that the property `patchbay.dpdk.library` names.
final class NativeLibrary {
    private static final String NAME = "libpatchbay-dpdk.so";
    private static final String INSTALL = "install libdpdk-dev, or the libraries of DPDK alone";

    private NativeLibrary() {}

    static Availability load() {
        String given = System.getProperty("patchbay.dpdk.library");
        try {
            if (given != null) {
                open(Path.of(given).toAbsolutePath());
            } else {
                Off off = openOwn();
                if (off != null) {
                    return off;
                }
            }
            return compare(EalNative.version(), EalNative.built());
        } catch (UnsatisfiedLinkError e) {
            return new Off(
                    "DPDK is off, for its library cannot be loaded ("
                            + e.getMessage()
                            + "): "
                            + INSTALL
                            + ".");
        } catch (IOException | RuntimeException e) {
            return new Off(
                    "DPDK is off, for "
                            + NAME
                            + " cannot be unpacked to java.io.tmpdir "
                            + System.getProperty("java.io.tmpdir")
                            + " ("
                            + e
                            + "): make it writable, or name an unpacked library by -Dpatchbay.dpdk.library.");
        }
    }

    private static @org.jspecify.annotations.Nullable Off openOwn() throws IOException {
        String resource = "linux-" + architecture() + "/" + NAME;
        try (InputStream bytes = NativeLibrary.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                return new Off(
                        "DPDK is off, for this build has no "
                                + resource
                                + ": build native/dpdk where libdpdk-dev and pkg-config are installed.");
            }
            Path directory = Files.createTempDirectory("patchbay-dpdk");
            Path file = directory.resolve(NAME);
            try {
                Files.copy(bytes, file);
                open(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
            return null;
        }
    }

    @SuppressWarnings("restricted")
    private static void open(Path file) {
        System.load(file.toString());
    }

    /// Structures and inline functions are those of one release: another one's libraries are not
    /// for us.
    static Availability compare(String running, String built) {
        return running.equals(built) || running.startsWith(built + ".")
                ? new Available(running)
                : new Off(
                        "DPDK is off, for this machine has "
                                + running
                                + " and this build is for "
                                + built
                                + ": build native/dpdk against the DPDK of the machine.");
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }
}
