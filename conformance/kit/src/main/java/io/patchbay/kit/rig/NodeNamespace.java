package io.patchbay.kit.rig;

import io.patchbay.kernel.NamespaceHolder;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The network and mount namespace of a node, simulated or the machine itself. What it writes below
/// /run, /etc, /opt and /var stays in memory and ends with it. It is held by a process that ends
/// with this JVM, whatever ends that.
public final class NodeNamespace implements AutoCloseable {
    private static final String FILES =
            """
            mount -t tmpfs node /run
            mkdir -p /run/netns
            for top in etc opt var; do
              mkdir -p /run/over/$top /run/work/$top
              mount -t overlay -o lowerdir=/$top,upperdir=/run/over/$top,workdir=/run/work/$top node /$top
            done
            mkdir -p /etc/cni/net.d /opt/cni/bin /var/lib/cni
            """;
    private static final String NETWORK =
            """
            mkdir /run/cgroup
            mount --rbind /sys/fs/cgroup /run/cgroup
            mount -t sysfs sysfs /sys
            mount --rbind /run/cgroup /sys/fs/cgroup
            ip link set lo up
            for which in all default; do echo 0 > /proc/sys/net/ipv6/conf/$which/accept_dad; done
            """;

    private final NamespaceHolder holder;
    // The kind of namespace that nobody but this node is in.
    private final String own;

    private NodeNamespace(NamespaceHolder holder, String own) {
        this.holder = holder;
        this.own = own;
    }

    public static NodeNamespace create() {
        return new NodeNamespace(
                NamespaceHolder.unshare(
                        List.of("--net", "--mount", "--propagation", "private"), FILES + NETWORK),
                "net");
    }

    /// The node that has the machine's own network: a PCI function's link comes and goes there.
    public static NodeNamespace ofMachine() {
        return new NodeNamespace(
                NamespaceHolder.unshare(List.of("--mount", "--propagation", "private"), FILES),
                "mnt");
    }

    /// The network namespace, as a path that works outside the node too.
    public String netns() {
        return holder.netns();
    }

    /// A file of the node, as seen from outside.
    public Path file(String path) {
        return Path.of("/proc", Long.toString(holder.pid()), "root", path);
    }

    /// A command line that runs inside the node, in the directory that this process is in.
    public List<String> enter(List<String> command) {
        String here = Path.of("").toAbsolutePath().toString();
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "-t",
                                Long.toString(holder.pid()),
                                "-n",
                                "-m",
                                "--wd=" + here,
                                "--"));
        line.addAll(command);
        return line;
    }

    /// Runs a command in both namespaces of the node.
    public String run(String... command) {
        return Witness.here().run(enter(List.of(command)).toArray(String[]::new));
    }

    /// Ends what still runs inside, such as the shims of a container runtime, and lets the node go.
    @Override
    public void close() {
        String inside = namespaceOf(holder.pid());
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != holder.pid())
                .filter(process -> namespaceOf(process.pid()).equals(inside))
                .forEach(ProcessHandle::destroyForcibly);
        holder.close();
    }

    /// Empty for a process that has ended, or is none of ours to look at.
    private String namespaceOf(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", own))
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }
}
