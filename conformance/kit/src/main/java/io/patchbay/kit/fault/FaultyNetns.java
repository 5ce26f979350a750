package io.patchbay.kit.fault;

import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.BridgeVlans;
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
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.Watch;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A namespace whose calls pass the {@link Faults}.
class FaultyNetns implements Netns {
    private static final int ENOMEM = 12;

    private final Netns netns;
    private final Faults faults;

    FaultyNetns(Netns netns, Faults faults) {
        this.netns = netns;
        this.faults = faults;
    }

    static KernelException refusal(String call) {
        return new KernelException(call, ENOMEM, "ENOMEM (injected by the fault rig)");
    }

    private <T> T pass(String call, Supplier<T> port) {
        return faults.pass(call + " in " + netns.path(), FaultyNetns::refusal, port);
    }

    private void run(String call, Runnable port) {
        faults.run(call + " in " + netns.path(), FaultyNetns::refusal, port);
    }

    @Override
    public String path() {
        return netns.path();
    }

    @Override
    public int descriptor() {
        return netns.descriptor();
    }

    @Override
    public long inode() {
        return netns.inode();
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return pass("run inside", () -> netns.inside(action));
    }

    @Override
    public Rtnl rtnl() {
        return new FaultyRtnl(netns.rtnl());
    }

    @Override
    public Nft nft() {
        Nft nft = netns.nft();
        return new Nft() {
            @Override
            public void apply(String transaction) {
                run("nft " + transaction.strip().replace('\n', ';'), () -> nft.apply(transaction));
            }

            @Override
            public String list(String family, String table) {
                return pass("nft list " + family + " " + table, () -> nft.list(family, table));
            }
        };
    }

    @Override
    public Sysctl sysctl() {
        Sysctl sysctl = netns.sysctl();
        return new Sysctl() {
            @Override
            public Optional<String> find(String key) {
                return pass("sysctl find " + key, () -> sysctl.find(key));
            }

            @Override
            public void set(String key, String value) {
                run("sysctl set " + key + "=" + value, () -> sysctl.set(key, value));
            }
        };
    }

    @Override
    public Announcer announcer() {
        Announcer announcer = netns.announcer();
        return new Announcer() {
            @Override
            public void announce(int link, List<InetAddress> own) {
                run("announce " + own, () -> announcer.announce(link, own));
            }

            @Override
            public Optional<Claim> claim(int link, List<InetAddress> probed, Duration wait) {
                return pass("probe " + probed, () -> announcer.claim(link, probed, wait));
            }
        };
    }

    /// Who watches works beside the requests, at any time: no two sweeps over the calls of one
    /// would count the same.
    @Override
    public Watch watch() {
        faults.ignoreThisThread();
        return netns.watch();
    }

    /// A batch is split into its changes, so that each can be the one that fails: what is sent
    /// before it has taken effect, as in the kernel.
    private final class FaultyRtnl implements Rtnl {
        private final Rtnl rtnl;

        FaultyRtnl(Rtnl rtnl) {
            this.rtnl = rtnl;
        }

        @Override
        public void apply(List<? extends Change> changes) {
            for (Change change : changes) {
                run(change.toString(), () -> rtnl.apply(change));
            }
        }

        @Override
        public Optional<Link> find(String name) {
            return pass("find link " + name, () -> rtnl.find(name));
        }

        @Override
        public Optional<Link> find(int index) {
            return pass("find link " + index, () -> rtnl.find(index));
        }

        @Override
        public List<Link> links() {
            return pass("dump links", rtnl::links);
        }

        @Override
        public List<Cidr> addresses(int link) {
            return pass("dump addresses", () -> rtnl.addresses(link));
        }

        @Override
        public List<Route> routes(int table) {
            return pass("dump routes", () -> rtnl.routes(table));
        }

        @Override
        public Set<Integer> tables(int besides) {
            return pass("dump tables", () -> rtnl.tables(besides));
        }

        @Override
        public List<Rule> rules() {
            return pass("dump rules", rtnl::rules);
        }

        @Override
        public List<Neighbour> neighbours(int link) {
            return pass("dump neighbours", () -> rtnl.neighbours(link));
        }

        @Override
        public List<BridgeVlans> bridgeVlans(int port) {
            return pass("dump bridge VLANs", () -> rtnl.bridgeVlans(port));
        }

        @Override
        public List<VirtualFunction> virtualFunctions(int physical) {
            return pass("read virtual functions", () -> rtnl.virtualFunctions(physical));
        }
    }
}
