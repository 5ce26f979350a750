package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Netns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A node of a simulated VPC that has nothing but its primary interface: the installed daemon gets
/// the pods' addresses from EC2, with the credentials that instance metadata gives it.
final class CloudNode implements AutoCloseable {
    private static final String SETTINGS =
            """
            manifests: %1$s
            defaultNetwork: {type: vpc}
            delegates:
              vpc:
                ec2: %2$s
                cooldownSeconds: %3$d
                pool: {%4$s}
            """;

    private final String name;
    private final String settings;
    private final NodeNamespace node = NodeNamespace.create();
    private final Installation installation;
    private final OpenNetns netns = Kernel.ofThisMachine().open(node.netns());

    /// @param work an empty directory, for configuration and state
    CloudNode(String name, Path work) {
        this(name, work, "");
    }

    /// @param settings more lines of patchbay.yaml
    CloudNode(String name, Path work, String settings) {
        this.name = name;
        this.settings = settings;
        this.installation = new Installation(node, work);
    }

    /// Boots it as an instance of the VPC's type, with no address but its own.
    ///
    /// @param pool the keys of the section `pool`, in YAML's flow style
    SimulatedNode boot(SimulatedVpc vpc, int cooldown, String pool) {
        return boot(vpc, cooldown, pool, "");
    }

    /// @param more keys of the section `vpc`, in lines
    SimulatedNode boot(SimulatedVpc vpc, int cooldown, String pool, String more) {
        return boot(vpc, cooldown, pool, more, 0);
    }

    /// Boots it with an interface for each number, and that many secondary addresses of each.
    SimulatedNode boot(
            SimulatedVpc vpc, int cooldown, String pool, String more, int... secondaries) {
        installation.configure(
                SETTINGS.formatted(installation.manifests(), vpc.ec2().fromNodes(), cooldown, pool)
                        + more.indent(4)
                        + settings);
        return vpc.node(name, netns, secondaries);
    }

    /// Writes the manifest of a pod.
    void manifest(String pod) {
        installation.pod(pod);
    }

    /// Writes a manifest.
    ///
    /// @param file its name without its ending
    void manifest(String file, String yaml) {
        installation.manifest(file, yaml);
    }

    /// Writes the manifest of a pod that is to have a branch interface. The resource is its second
    /// container's: Amazon's plugin looks at the first one alone.
    ///
    /// @param annotation that tells of the branch; may be empty
    void branchPod(String name, String uid, String annotation) {
        manifest(
                name,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: core, uid: "%s", annotations: {vpc.amazonaws.com/pod-eni: '%s'}}
                spec: {containers: [{name: proxy}, {name: main, resources: {limits: {vpc.amazonaws.com/pod-eni: "1"}}}]}
                """
                        .formatted(name, uid, annotation));
    }

    void removeManifest(String file) {
        installation.removeManifest(file);
    }

    /// Starts the installed daemon and waits until it takes requests.
    DaemonProcess start() {
        return installation.start();
    }

    Netns netns() {
        return netns;
    }

    PodNetns netns(String pod) {
        return PodNetns.create(node, pod);
    }

    Answer call(String command, String container, String pod, PodNetns netns) {
        return call(Call.of(command, container, netns.path()).pod("core", pod));
    }

    Answer call(Call call) {
        return installation.call(call);
    }

    /// ADD as a runtime does it: after a DEL it is tried again, as long as that is the answer.
    Answer add(String container, String pod, PodNetns netns) {
        List<Answer> answers = new ArrayList<>();
        Await.until(
                "another answer than to try ADD of " + pod + " again",
                () -> {
                    Answer answer = call("ADD", container, pod, netns);
                    answers.add(answer);
                    if (answer.status() != 0) {
                        Answer undone = call("DEL", container, pod, netns);
                        assertThat(undone.status()).as(undone.output()).isZero();
                    }
                    return answer.code() != 11;
                });
        return answers.getLast();
    }

    Answer status() {
        return call(Call.of("STATUS"));
    }

    /// Runs a command of the installed tree.
    Witness.Said patchbay(String... arguments) {
        return installation.operate(arguments);
    }

    /// Everything of the node that can leak: network, and what the daemon remembers.
    Snapshot snapshot() {
        return NetworkState.take("node", witness())
                .plus(FileState.take("state", installation.state()));
    }

    NodeNamespace namespace() {
        return node;
    }

    Witness witness() {
        return Witness.in(node.netns());
    }

    @Override
    public void close() {
        netns.close();
        node.close();
    }
}
