package io.patchbay.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kit's rules for a type whose pods get a directory and no link: where a rule speaks of the
/// link, it is the directory that is looked at.
abstract class WireConformance<C extends Record> extends DelegateConformance<C> {
    @TempDir Path kubelet;

    private PaperKubelet paper() {
        return new PaperKubelet(kubelet);
    }

    @Override
    protected Hardware hardware() {
        return paper().hardware();
    }

    @Override
    protected String settings() {
        return paper().settings();
    }

    /// A file in the place of the directory.
    @Override
    public void spoil(NodeRig node) {
        try {
            Files.delete(paper().wires());
            Files.createFile(paper().wires());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CniResult add(RigPod pod) {
        return candidate().rig().add(pod, candidate().config()).getFirst().result();
    }

    private static Path wire(CniResult result) {
        String socket = result.interfaces().getFirst().socketPath().orElseThrow();
        return Path.of(socket.substring(0, socket.lastIndexOf('/')));
    }

    private Path mountPoint(RigPod pod, String ifName) {
        return paper().volume(pod.containerId()).resolve(ifName);
    }

    /// By the system's own commands, in the node's mount namespace.
    private String onNode(String... command) {
        String mounts = candidate().rig().path().replace("ns/net", "ns/mnt");
        Stream<String> line = Stream.of("nsenter", "--mount=" + mounts, "--");
        return Witness.here()
                .run(Stream.concat(line, Stream.of(command)).toArray(String[]::new))
                .strip();
    }

    private void assertFound(RigPod pod, String named) {
        Throwable told = catchThrowable(() -> candidate().rig().check(pod));
        assertThat(told).isInstanceOf(CniException.class).hasMessageContaining(named);
    }

    @Override
    @Test
    public void add302_tellsTheInterfacesAsTheyAre() {
        try (RigPod pod = new RigPod("add-302")) {
            CniResult result = add(pod);
            assertThat(result.interfaces())
                    .extracting(Interface::name, Interface::sandbox)
                    .containsExactly(tuple("eth0", pod.path()));
            assertThat(LinkState.in(pod.witness()))
                    .extracting(LinkState::name)
                    .containsExactly("lo");
            String inode = onNode("stat", "-c", "%i %a %u:%g", wire(result).toString());
            assertThat(inode).endsWith(" 770 0:0");
            assertThat(onNode("stat", "-c", "%i %a %u:%g", mountPoint(pod, "eth0").toString()))
                    .isEqualTo(inode);
            assertThat(onNode("findmnt", "-n", "-o", "TARGET", mountPoint(pod, "eth0").toString()))
                    .isEqualTo(mountPoint(pod, "eth0").toString());
        }
    }

    /// The application gives itself the addresses.
    @Override
    @Test
    public void add303_tellsTheAddressesAsTheyAre() {
        try (RigPod pod = new RigPod("add-303")) {
            assertThat(add(pod).ips())
                    .hasSize(2)
                    .allSatisfy(ip -> assertThat(ip.link()).hasValue(0));
        }
    }

    @Override
    @Test
    public void add304_tellsRoutesThatAreThere() {
        try (RigPod pod = new RigPod("add-304")) {
            Snapshot inside = pod.snapshot();
            assertThat(add(pod).routes()).hasSize(1);
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }

    @Override
    @Test
    public void add309_attachesAPodTwiceOrRefuses() {
        Snapshot before = candidate().rig().snapshot();
        try (RigPod pod = new RigPod("add-309")) {
            candidate().rig().add(pod, candidate().config(), candidate().config());
            List<String> wires =
                    List.of(
                            onNode("stat", "-c", "%i", mountPoint(pod, "eth0").toString()),
                            onNode("stat", "-c", "%i", mountPoint(pod, "net1").toString()));
            assertThat(wires).doesNotHaveDuplicates();
            candidate().rig().del(pod);
        }
        assertThat(candidate().rig().snapshot().since(before)).isEmpty();
    }

    @Override
    @Test
    public void check402_findsThatTheInterfaceIsGone() {
        try (RigPod pod = new RigPod("check-402")) {
            add(pod);
            onNode("umount", mountPoint(pod, "eth0").toString());
            assertFound(pod, mountPoint(pod, "eth0").toString());
        }
    }

    /// There is no address; there is a mode.
    @Override
    @Test
    public void check403_findsThatAnAddressIsGone() {
        try (RigPod pod = new RigPod("check-403")) {
            Path wire = wire(add(pod));
            onNode("chmod", "0777", wire.toString());
            assertFound(pod, "mode 0777");
            onNode("chmod", "0770", wire.toString());
            onNode("chown", "7:7", wire.toString());
            assertFound(pod, "owner 7:7");
        }
    }

    /// There is no route; there is the directory itself.
    @Override
    @Test
    public void check404_findsThatARouteIsGone() {
        try (RigPod pod = new RigPod("check-404")) {
            Path wire = wire(add(pod));
            onNode("mv", wire.toString(), wire + "-away");
            assertFound(pod, wire.toString());
            onNode("mkdir", "-m", "0770", wire.toString());
            assertFound(pod, "another one");
        }
    }

    /// What is in the directory is the pods' own affair.
    @Override
    @Test
    public void check407_letsLaterPluginsChangeTheLink() {
        try (RigPod pod = new RigPod("check-407")) {
            Path wire = wire(add(pod));
            onNode("touch", wire.resolve("some.sock").toString());
            candidate().rig().check(pod);
        }
    }

    /// What the pod has under the name by now is not what was mounted there.
    @Override
    @Test
    public void del507_leavesANamesakeAlone() {
        try (RigPod pod = new RigPod("del-507")) {
            add(pod);
            Path place = mountPoint(pod, "eth0");
            Path other = kubelet.resolve("precious");
            onNode("umount", place.toString());
            onNode("rmdir", place.toString());
            onNode("mkdir", other.toString());
            onNode("touch", other.resolve("file").toString());
            onNode("ln", "-s", other.toString(), place.toString());
            candidate().rig().del(pod);
            assertThat(place).isSymbolicLink();
            assertThat(other.resolve("file")).exists();
        }
    }

    @Override
    @Test
    public void del508_worksWhenItsLinksAreGone() {
        try (RigPod pod = new RigPod("del-508")) {
            Path wire = wire(add(pod));
            onNode("umount", mountPoint(pod, "eth0").toString());
            onNode("rmdir", mountPoint(pod, "eth0").toString(), wire.toString());
            candidate().rig().del(pod);
            assertThat(paper().snapshot().parts().get("kubelet")).isEmpty();
        }
    }
}
