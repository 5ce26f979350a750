package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.Scratch;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the check of one row has for itself: a node, pods, a directory, and a configuration that it
/// may change.
public final class Trial implements World {
    private final Subject subject;
    private final Scratch scratch;
    private final Node node;
    private final ObjectNode config;
    private final List<Pod> pods = new ArrayList<>();

    private Trial(Subject subject, Scratch scratch, Node node) {
        this.subject = subject;
        this.scratch = scratch;
        this.node = node;
        this.config = subject.config().deepCopy();
        if (ipam("host-local") instanceof ObjectNode hostLocal) {
            hostLocal.put("dataDir", scratch.leases().toString());
        }
    }

    public static Trial open(Subject subject) {
        Scratch scratch = Scratch.create();
        try {
            return new Trial(subject, scratch, Node.open(subject));
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    Subject subject() {
        return subject;
    }

    Kind kind() {
        return subject.kind();
    }

    Node node() {
        return node;
    }

    Scratch scratch() {
        return scratch;
    }

    /// This row's own configuration.
    ObjectNode config() {
        return config;
    }

    /// The configuration of a type of IPAM plugin, or a missing node.
    JsonNode ipam(String type) {
        JsonNode ipam = config.path("ipam");
        return ipam.path("type").asText().equals(type) ? ipam : ipam.path("no such type");
    }

    SpecVersion version() {
        return SpecVersion.find(config.path("cniVersion").asText()).orElse(SpecVersion.V1_0_0);
    }

    boolean speaks(SpecVersion version) {
        return subject.spoken().contains(version);
    }

    /// Raises the configuration to a version, for a verb that came with it.
    void atLeast(SpecVersion version) {
        if (version().isBefore(version)) {
            Inapplicable.unless(
                    speaks(version), "the plugin does not speak version %s".formatted(version));
            config.put("cniVersion", version.toString());
        }
    }

    void only(Kind... kinds) {
        Inapplicable.unless(
                List.of(kinds).contains(kind()),
                "this is no demand on a plugin of kind %s"
                        .formatted(kind().name().toLowerCase(java.util.Locale.ROOT)));
    }

    /// A pod that nobody has seen, whose interface is there already where the plugin is chained.
    Pod pod() {
        Pod pod = Pod.create(kind() == Kind.CHAINED);
        pods.add(pod);
        return pod;
    }

    Outcome call(PluginCall call) {
        return subject.plugin().call(call, node::enter);
    }

    Outcome callWithoutInput(PluginCall call) {
        return subject.plugin().callWithoutInput(call, node::enter);
    }

    /// A call that concerns no container.
    PluginCall of(String command) {
        return subject.call(command, config);
    }

    /// A call that concerns a pod.
    PluginCall of(String command, Pod pod, Optional<ObjectNode> previous) {
        ObjectNode input = config.deepCopy();
        previous.ifPresent(result -> input.set("prevResult", result));
        return subject.call(command, input)
                .with(PluginCall.CONTAINER, pod.containerId())
                .with(PluginCall.NETNS, pod.netns())
                .with(PluginCall.IFNAME, pod.ifName());
    }

    PluginCall addCall(Pod pod) {
        return of("ADD", pod, pod.previous(version()));
    }

    ObjectNode add(Pod pod) {
        return call(addCall(pod)).result();
    }

    /// DEL as a runtime calls it, with what the ADD gave.
    PluginCall delCall(Pod pod, ObjectNode result) {
        return of("DEL", pod, Optional.of(result).filter(_ -> knowsResults()));
    }

    PluginCall checkCall(Pod pod, ObjectNode result) {
        return of("CHECK", pod, Optional.of(result));
    }

    private boolean knowsResults() {
        return !version().isBefore(SpecVersion.V0_4_0);
    }

    /// GC that spares the given pods.
    PluginCall gcCall(Pod... valid) {
        ObjectNode input = config.deepCopy();
        ArrayNode list = input.putArray("cni.dev/valid-attachments");
        for (Pod pod : valid) {
            list.addObject().put("containerID", pod.containerId()).put("ifname", pod.ifName());
        }
        return subject.call("GC", input);
    }

    /// The addresses that host-local has given out.
    List<String> leases() {
        Inapplicable.unless(
                !ipam("host-local").isMissingNode(),
                "addresses are witnessed from outside where host-local keeps them, and this"
                        + " configuration has another IPAM");
        return scratch.leased();
    }

    /// Puts a plugin of the suite's own in the place of the IPAM plugin.
    Recorder recordIpam() {
        only(Kind.INTERFACE);
        Inapplicable.unless(
                config.path("ipam").isObject() && !version().isBefore(SpecVersion.V0_3_0),
                "the configuration calls no IPAM plugin, or is older than version 0.3.0");
        Recorder recorder = Recorder.install(scratch.directory(), "suite-ipam");
        recorder.answer("ADD", 0, Recorder.addresses(version()));
        config.putObject("ipam").put("type", recorder.type());
        return recorder;
    }

    /// The same call with the recorder's directory in front of the path.
    PluginCall seeing(Recorder recorder, PluginCall call) {
        return call.with(PluginCall.PATH, recorder.directory() + ":" + subject.cniPath());
    }

    @Override
    public void close() {
        try (scratch;
                node) {
            if (subject.ground() == Subject.Ground.HERE) {
                pods.forEach(pod -> call(of("DEL", pod, Optional.empty())));
            }
            pods.forEach(Pod::close);
        }
    }
}
