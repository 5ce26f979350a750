package io.patchbay.meta.run;

import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.desk.Metrics;
import io.patchbay.meta.device.AllocatedDevices;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.kube.ManifestDirectory;
import io.patchbay.meta.kube.NetworkConfigDirectory;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.kube.SelectionRules;
import io.patchbay.meta.kube.ViewedCluster;
import io.patchbay.meta.multus.MultusSandboxes;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.socket.Request;
import io.patchbay.meta.socket.RequestHandler;
import io.patchbay.meta.socket.Spool;
import io.patchbay.spi.device.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// A node of the real parts but for its kernel and its one delegate, which are on paper.
final class Node implements AutoCloseable {
    static final String CONFIG =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"patchbay\", \"type\": \"patchbay\"%s}";

    final PaperKernel kernel = new PaperKernel();
    final PaperProvider paper = new PaperProvider();
    volatile Map<String, List<DeviceId>> devices = Map.of();
    final Path state;
    final ManifestDirectory view;
    final SandboxJournal journal;
    final Delegates delegates;
    final Attacher attacher;
    final Verbs verbs;
    final Metrics metrics = new Metrics();

    Node(Path directory, NetworkSelection... everyPods) {
        this(
                directory,
                new SelectionRules(
                        List.of(everyPods), Set.of(), List.of(), "kube-system", false, Set.of()));
    }

    Node(Path directory, SelectionRules rules) {
        this(directory, provider -> {}, rules);
    }

    /// @param prepare has a look at the delegate before it is created
    Node(Path directory, Consumer<PaperProvider> prepare, SelectionRules rules) {
        prepare.accept(paper);
        state = directory.resolve("state");
        DurableFiles storage = new DurableFiles(state);
        journal = new SandboxJournal(storage);
        view = ManifestDirectory.open(directory.resolve("manifests"));
        InstantSource clock = InstantSource.system();
        delegates =
                new Delegates(
                        List.of(paper),
                        Map.of(),
                        new io.patchbay.meta.delegate.Ports(
                                kernel.host(),
                                kernel.pci(),
                                kernel.directories(),
                                background -> new ViewedCluster(view, background),
                                metrics::of,
                                clock,
                                storage),
                        AddressSources.ofThisNode(clock, AddressPort.PLAIN),
                        List.of(directory.resolve("bin")),
                        UnknownKeys.REFUSED);
        delegates.start();
        attacher = new Attacher(kernel, delegates, journal, DeviceFiles.ofThisMachine(), clock);
        var deviceInfo = new DeviceInfoDirectory(directory.resolve("devinfo"));
        verbs =
                new Verbs(
                        new PodNamespaces(kernel),
                        journal,
                        attacher,
                        new PodNetworks(
                                view,
                                NetworkConfigDecoder.decode(
                                        "the default network",
                                        """
                                        {"cniVersion": "1.1.0", "name": "main", "type": "paper",
                                         "address": "10.0.0.5/24"}
                                        """,
                                        ""),
                                rules,
                                new NetworkConfigDirectory(directory.resolve("net.d")),
                                new AssignedDevices(_ -> AllocatedDevices.of(devices))),
                        new Statuses(view, journal),
                        new PodEvents(view),
                        new Spool(storage, Duration.ofSeconds(20)),
                        new Heirs(
                                new MultusSandboxes(
                                        directory.resolve("multus"),
                                        kernel,
                                        delegates,
                                        attacher,
                                        deviceInfo,
                                        DeviceFiles.ofThisMachine(),
                                        clock),
                                delegates,
                                attacher),
                        deviceInfo,
                        new RequestMeters(metrics.of(RequestMeters.TYPE)));
    }

    void manifest(String name, String text) {
        try {
            Files.writeString(state.resolveSibling("manifests").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a pod of namespace `core`, and a network `core/side` with some keys.
    void pod(String name, String networks, String keys) {
        manifest(
                name + ".yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: "%s"}
                ---
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: side, namespace: core}
                spec:
                  config: '{"cniVersion": "1.1.0", "type": "paper"%s}'
                """
                        .formatted(name, networks, keys));
    }

    static Map<String, String> environment(String command, String container, String pod) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", container);
        environment.put("CNI_NETNS", "/run/netns/" + container);
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_PATH", "/opt/cni/bin");
        environment.put(
                "CNI_ARGS", "K8S_POD_NAMESPACE=core;K8S_POD_NAME=" + pod + ";IgnoreUnknown=1");
        return environment;
    }

    /// A call for a container whose namespace is there.
    Answer call(String command, String container, String pod) {
        kernel.inodes.putIfAbsent("/run/netns/" + container, container.hashCode() + 100L);
        return call(environment(command, container, pod), "", OptionalInt.empty());
    }

    /// A call that names no container.
    Answer call(String command, String keys) {
        return call(Map.of("CNI_COMMAND", command), keys, OptionalInt.empty());
    }

    /// A request to another handler than the verbs' own.
    static Answer call(RequestHandler handler, Map<String, String> environment) {
        byte[] stdin = CONFIG.formatted("").getBytes(StandardCharsets.UTF_8);
        return Answer.of(
                handler.handle(
                        new Request(
                                environment,
                                stdin,
                                OptionalInt.empty(),
                                Instant.now().plusSeconds(30))));
    }

    Answer call(Map<String, String> environment, String keys, OptionalInt descriptor) {
        return call(environment, keys, descriptor, Instant.now().plusSeconds(30));
    }

    Answer call(
            Map<String, String> environment,
            String keys,
            OptionalInt descriptor,
            Instant deadline) {
        byte[] stdin = CONFIG.formatted(keys).getBytes(StandardCharsets.UTF_8);
        return Answer.of(verbs.handle(new Request(environment, stdin, descriptor, deadline)));
    }

    /// @param code 0 for success
    record Answer(int code, String text) {
        /// The `msg` of a refusal.
        String message() {
            return Json.decode("reply", text).path("msg").asText();
        }

        static Answer of(CniReply reply) {
            String text = new String(reply.body(), StandardCharsets.UTF_8);
            int code = reply.status() == 0 ? 0 : Json.decode("reply", text).path("code").asInt();
            return new Answer(code, text);
        }
    }

    @Override
    public void close() {
        delegates.close();
        view.close();
    }
}
