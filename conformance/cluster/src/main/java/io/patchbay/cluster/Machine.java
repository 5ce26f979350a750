package io.patchbay.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What makes a node a machine of its own: processes, network, mounts, and a part of the cgroup
/// tree. All of it ends with this JVM, whatever ends that: the first process of its process
/// namespace ends with its input, the kernel then kills the others, and a shell that has waited for
/// that takes the cgroups away.
///
/// @param holder that shell
/// @param pid a process whose namespaces are the machine's, and those of its children too
/// @param cgroup the root of its cgroups, from the top of the tree
record Machine(Process holder, long pid, String cgroup) implements AutoCloseable {
    private static final String READY = "ready";

    /// What is interrupted at a terminal is this JVM; its end is awaited here.
    private static final String HOLD =
            """
            trap '' INT TERM HUP
            exec 3<&0
            if [ -e /sys/fs/cgroup/cgroup.controllers ]; then trees=/sys/fs/cgroup/; else trees=/sys/fs/cgroup/*/; fi
            for tree in $trees; do mkdir -p "$tree$1"; done
            unshare --net --mount --pid --fork --kill-child --propagation private sh -ec "$2" <&3 &
            echo $!
            wait $! || true
            for tree in $trees; do
              if [ -d "$tree$1" ]; then find "$tree$1" -depth -type d -exec rmdir {} +; fi
            done
            """;

    /// What is written below /run, /etc, /opt and /var stays in memory. The snapshots of containerd
    /// have a place of their own there, for overlayfs takes none that is one itself. The sysctls
    /// are those that the kubelet insists on: it gets files in their place, for they are the whole
    /// machine's.
    private static final String SET_UP =
            """
            mount -t proc proc /proc
            mount -t tmpfs node /run
            for top in etc opt var; do
              mkdir -p /run/over/$top /run/work/$top
              mount -t overlay -o lowerdir=/$top,upperdir=/run/over/$top,workdir=/run/work/$top node /$top
            done
            rm -rf /etc/cni /opt/cni /var/lib/cni /var/lib/kubelet /var/lib/patchbay
            mkdir -p /run/netns /etc/cni/net.d /opt/cni/bin /var/lib/cni /var/lib/kubelet /var/lib/containerd
            mount -t tmpfs node /var/lib/containerd
            mkdir /run/cgroup /run/sysctl
            mount --rbind /sys/fs/cgroup /run/cgroup
            mount -t sysfs sysfs /sys
            mount --rbind /run/cgroup /sys/fs/cgroup
            for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \\
                kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
              file=/run/sysctl/$(basename ${setting%=*})
              echo ${setting#*=} > $file
              mount --bind $file /proc/sys/${setting%=*}
            done
            ip link set lo up
            for which in all default; do echo 0 > /proc/sys/net/ipv6/conf/$which/accept_dad; done
            echo 1 > /proc/sys/net/ipv4/ip_forward
            echo ready
            exec cat > /dev/null
            """;

    /// @param name of the node, which no other of this JVM has
    static Machine boot(String name) {
        String cgroup = "patchbay-%d-%s".formatted(ProcessHandle.current().pid(), name);
        try {
            Process holder =
                    new ProcessBuilder("sh", "-euc", HOLD, "hold", cgroup, SET_UP)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var said =
                    new BufferedReader(
                            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            String pid = String.valueOf(said.readLine());
            if (!READY.equals(said.readLine())) {
                throw new IllegalStateException(
                        "node %s cannot have namespaces and cgroups of its own: what stopped it is said above"
                                .formatted(name));
            }
            return new Machine(holder, Long.parseLong(pid), cgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A command line that runs here. nsenter waits outside, and dies with whoever started it; what
    /// it has started inside dies with it.
    List<String> enter(List<String> command) {
        String processes = "--pid=/proc/%d/ns/pid_for_children".formatted(pid);
        var enter =
                List.of(
                        "nsenter",
                        "-t",
                        Long.toString(pid),
                        "-n",
                        "-m",
                        processes,
                        "--",
                        "setpriv",
                        "--pdeathsig",
                        "KILL");
        return Stream.concat(enter.stream(), command.stream()).toList();
    }

    String run(String... command) {
        return new Command(enter(List.of(command))).run();
    }

    /// A file of it, as seen from outside.
    Path file(String path) {
        return Path.of("/proc", Long.toString(pid), "root", path);
    }

    /// Ends all that runs here, and takes the cgroups away.
    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            holder.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
