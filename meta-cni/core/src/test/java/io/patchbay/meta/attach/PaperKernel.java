package io.patchbay.meta.attach;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.Sysctl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Namespaces on paper: they have an inode, take link names, and write down what is asked of them.
final class PaperKernel implements Kernel {
    private static final int EBUSY = 16;

    final List<String> events;
    final Map<String, Long> inodes = new TreeMap<>();
    final List<String> takenNames = new ArrayList<>();

    /// A change that the kernel does not make.
    Optional<String> refused = Optional.empty();

    PaperKernel(List<String> events) {
        this.events = events;
        inodes.put("/host", 1L);
    }

    @Override
    public Netns host() {
        return open("/host");
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
        return open("/host");
    }

    @Override
    public OpenNetns open(String path) {
        Long inode = inodes.get(path);
        if (inode == null) {
            throw new KernelException("open " + path, KernelException.ENOENT, "ENOENT");
        }
        return new Paper(path, inode);
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        return open(path);
    }

    private final class Paper implements OpenNetns, Rtnl {
        private final String path;
        private final long inode;

        Paper(String path, long inode) {
            this.path = path;
            this.inode = inode;
        }

        @Override
        public void apply(List<? extends Change> changes) {
            for (Change change : changes) {
                String event = change + " in " + path;
                if (refused.filter(event::equals).isPresent()) {
                    throw new KernelException(event, EBUSY, "EBUSY");
                }
                events.add(event);
            }
        }

        @Override
        public Optional<Link> find(String name) {
            return takenNames.contains(name) ? Optional.of(link(name)) : Optional.empty();
        }

        private static Link link(String name) {
            return new Link(
                    7,
                    name,
                    "veth",
                    true,
                    1500,
                    0,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
        }

        @Override
        public Optional<Link> find(int index) {
            return Optional.empty();
        }

        @Override
        public List<Link> links() {
            return List.of();
        }

        @Override
        public List<Cidr> addresses(int link) {
            return List.of();
        }

        @Override
        public List<Route> routes(int table) {
            return List.of();
        }

        @Override
        public List<Rule> rules() {
            return List.of();
        }

        @Override
        public List<Neighbour> neighbours(int link) {
            return List.of();
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public int descriptor() {
            return -1;
        }

        @Override
        public long inode() {
            return inode;
        }

        @Override
        public Rtnl rtnl() {
            return this;
        }

        @Override
        public Nft nft() {
            throw new AssertionError("the core has no business with nft");
        }

        @Override
        public Sysctl sysctl() {
            throw new AssertionError("the core has no business with sysctls");
        }

        @Override
        public Announcer announcer() {
            throw new AssertionError("the core announces nothing");
        }

        @Override
        public <T> T inside(Supplier<T> action) {
            return action.get();
        }

        @Override
        public void close() {}
    }
}
