package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.desk.Metrics;
import io.patchbay.meta.device.KubeletPaths;
import io.patchbay.meta.device.UnixChannel;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.AllocateRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerAllocateRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerPreferredAllocationRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.Empty;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ListAndWatchResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreStartContainerRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreStartContainerResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreferredAllocationRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.RegisterRequest;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole device plugin, between a kubelet and a machine that are both on paper, by gRPC.
@Timeout(300)
class DevicePluginTest {
    private static final String FIRST = "0000:3b:00.1";
    private static final String SECOND = "0000:3b:00.2";
    private static final String POOLS =
            """
            {"resourceList": [{"resourceName": "cards", "selectors": {"drivers": ["iavf"], "pfNames": ["ens1#0-%d"]}}]}
            """;

    @TempDir Path directory;
    private final HandBell functions = new HandBell();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Metrics metrics = new Metrics();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private PaperHost host;
    private PaperKubelet kubelet;
    private DevicePlugin plugin;

    @BeforeEach
    void start() throws IOException {
        host = new PaperHost(directory.resolve("machine"));
        Files.createDirectories(plugins());
        kubelet = new PaperKubelet(plugins());
        parts.push(kubelet);
        Files.writeString(pools(), POOLS.formatted(1));
        plugin = plugin();
    }

    private DevicePlugin plugin() {
        List<String> problems = new ArrayList<>();
        DevicePluginSettings settings =
                DevicePluginReader.read(
                                PaperHost.json(
                                        "{linkHealth: true, configFile: %s}".formatted(pools())),
                                problems)
                        .orElseThrow(() -> new IllegalStateException(problems.toString()));
        DevicePlugin started =
                DevicePlugin.start(
                        settings,
                        new KubeletPaths(directory, directory, plugins()),
                        new DeviceInfoDirectory(directory.resolve("devinfo")),
                        new DevicePlugin.Ports(
                                functions.pci(host.machine.root()),
                                host.machine.root(),
                                host,
                                DeviceFiles.ofThisMachine(),
                                metrics.of("device-plugin"),
                                now::get));
        parts.push(started);
        return started;
    }

    @AfterEach
    void end() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private Path plugins() {
        return directory.resolve("plugins");
    }

    private Path pools() {
        return directory.resolve("pools.json");
    }

    private Path description(String device) {
        return directory.resolve("devinfo/dp/intel.com-cards-%s-device.json".formatted(device));
    }

    private RegisterRequest registration() throws InterruptedException {
        return kubelet.registered.take();
    }

    /// A registration that the plugin knows of: one that a kubelet takes to its grave is tried
    /// again when the clock has gone on.
    private void awaitRegistered() throws InterruptedException {
        RegisterRequest _ = registration();
        awaitStanding("registered");
    }

    private UnixChannel channel(RegisterRequest registered) {
        UnixChannel channel = new UnixChannel(plugins().resolve(registered.getEndpoint()));
        parts.push(channel);
        return channel;
    }

    private static <Q extends MessageLite, A> A call(
            UnixChannel channel, MethodDescriptor<Q, A> method, Q question) {
        return ClientCalls.blockingUnaryCall(
                channel.channel(), method, CallOptions.DEFAULT, question);
    }

    private static Iterator<ListAndWatchResponse> watch(UnixChannel channel) {
        return ClientCalls.blockingServerStreamingCall(
                channel.channel(),
                DevicePluginApi.LIST_AND_WATCH,
                CallOptions.DEFAULT,
                Empty.getDefaultInstance());
    }

    /// What is offered once it is so: on the way there may be other lists.
    private static void await(Iterator<ListAndWatchResponse> lists, String... expected) {
        List<String> seen;
        do {
            seen =
                    lists.next().getDevicesList().stream()
                            .map(one -> one.getID().substring(5) + " " + one.getHealth())
                            .toList();
        } while (!seen.equals(List.of(expected)));
    }

    private static AllocateRequest allocation(String... devices) {
        return AllocateRequest.newBuilder()
                .addContainerRequests(
                        ContainerAllocateRequest.newBuilder().addAllDevicesIds(List.of(devices)))
                .build();
    }

    @Test
    void aPoolIsRegisteredServedAndDescribed() throws Exception {
        RegisterRequest registered = registration();
        assertThat(registered.getVersion()).isEqualTo("v1beta1");
        assertThat(registered.getResourceName()).isEqualTo("intel.com/cards");
        assertThat(registered.getOptions().getGetPreferredAllocationAvailable()).isTrue();
        UnixChannel channel = channel(registered);

        assertThat(call(channel, DevicePluginApi.GET_OPTIONS, Empty.getDefaultInstance()))
                .isEqualTo(DevicePluginApi.OPTIONS);
        await(watch(channel), "3b:00.1 Healthy", "3b:00.2 Healthy");
        var answer =
                call(channel, DevicePluginApi.ALLOCATE, allocation(SECOND))
                        .getContainerResponses(0);
        assertThat(answer.getEnvsMap()).containsEntry("PCIDEVICE_INTEL_COM_CARDS", SECOND);
        assertThat(Files.readString(description(SECOND)))
                .isEqualTo(
                        """
                        {"type":"pci","version":"1.1.0","pci":{"pci-address":"0000:3b:00.2","pf-pci-address":"0000:3b:00.0"}}\
                        """);
        assertThat(
                        call(
                                channel,
                                DevicePluginApi.PRE_START,
                                PreStartContainerRequest.getDefaultInstance()))
                .isEqualTo(PreStartContainerResponse.getDefaultInstance());
        assertThat(metrics.text())
                .contains(
                        "patchbay_device_plugin_allocations_total{resource=\"intel.com/cards\"} 1",
                        "patchbay_device_plugin_devices{resource=\"intel.com/cards\",health=\"healthy\"} 2");
    }

    @Test
    void aPreferenceIsOfWhatTheKubeletHasLeft() throws Exception {
        UnixChannel channel = channel(registration());
        await(watch(channel), "3b:00.1 Healthy", "3b:00.2 Healthy");

        var preferred =
                call(
                        channel,
                        DevicePluginApi.GET_PREFERRED,
                        PreferredAllocationRequest.newBuilder()
                                .addContainerRequests(
                                        ContainerPreferredAllocationRequest.newBuilder()
                                                .addAvailableDeviceIDs("gone")
                                                .addAvailableDeviceIDs(SECOND)
                                                .addAvailableDeviceIDs(FIRST)
                                                .setAllocationSize(1))
                                .build());

        assertThat(preferred.getContainerResponses(0).getDeviceIDsList()).containsExactly(FIRST);
    }

    @Test
    void anUnhealthyDeviceIsRefusedByNameAndComesBack() throws Exception {
        UnixChannel channel = channel(registration());
        Iterator<ListAndWatchResponse> lists = watch(channel);
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");

        host.machine.unbound(FIRST);
        functions.ring();
        await(lists, "3b:00.1 Unhealthy", "3b:00.2 Healthy");
        assertThatThrownBy(() -> call(channel, DevicePluginApi.ALLOCATE, allocation(FIRST)))
                .hasMessageContaining(FIRST)
                .hasMessageContaining("with driver none");

        host.machine.bound(FIRST, "iavf");
        functions.ring();
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");
    }

    @Test
    void aDeviceThatStaysAwayIsGoneWithItsDescription() throws Exception {
        Iterator<ListAndWatchResponse> lists = watch(channel(registration()));
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");
        host.machine.removed(FIRST);
        functions.ring();
        await(lists, "3b:00.1 Unhealthy", "3b:00.2 Healthy");

        now.set(Instant.EPOCH.plus(Offer.LEAVE));
        functions.ring();

        await(lists, "3b:00.2 Healthy");
        assertThat(description(FIRST)).doesNotExist();
        assertThat(description(SECOND)).exists();
    }

    @Test
    void aLinkThatGoesDownIsHeardOf() throws Exception {
        Iterator<ListAndWatchResponse> lists = watch(channel(registration()));
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");

        host.machine.write(PaperHost.PF, "net/ens1/operstate", "down");
        host.linkChanges.ring();

        await(lists, "3b:00.1 Unhealthy", "3b:00.2 Unhealthy");
    }

    @Test
    void aKubeletThatRestartsFindsThePoolsAgain() throws Exception {
        awaitRegistered();

        kubelet.restart();

        RegisterRequest again = registration();
        assertThat(again.getResourceName()).isEqualTo("intel.com/cards");
        await(watch(channel(again)), "3b:00.1 Healthy", "3b:00.2 Healthy");
    }

    @Test
    void soDoesOneThatLeavesTheSocketsOfPlugins() throws Exception {
        awaitRegistered();

        kubelet.restart("kubelet.sock");

        assertThat(registration().getResourceName()).isEqualTo("intel.com/cards");
    }

    /// How the first pool stands with the kubelet, as an operator sees it.
    private void awaitStanding(String words) {
        while (!plugin.tables().getFirst().rows().getFirst().getLast().contains(words)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aRefusedRegistrationIsTriedAgain() throws Exception {
        awaitRegistered();
        kubelet.answer = Status.UNKNOWN.withDescription("the version is not supported");
        kubelet.restart();
        registration();
        awaitStanding("not supported");

        kubelet.answer = Status.OK;
        now.set(Instant.EPOCH.plusSeconds(1));
        functions.ring();

        awaitRegistered();
    }

    @Test
    void poolsFollowTheirFile() throws Exception {
        Iterator<ListAndWatchResponse> lists = watch(channel(registration()));
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");

        Files.writeString(pools(), POOLS.formatted(2));
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy", "3b:00.3 Healthy");

        Files.writeString(pools(), POOLS.formatted(3).replace("cards", "others"));
        RegisterRequest other = registration();
        assertThat(other.getResourceName()).isEqualTo("intel.com/others");
        assertThat(description(FIRST)).doesNotExist();
        assertThat(plugins().resolve(PoolSocket.name("intel.com/cards"))).doesNotExist();
    }

    @Test
    void aFileThatIsWrongChangesNothing() throws Exception {
        UnixChannel channel = channel(registration());
        Iterator<ListAndWatchResponse> lists = watch(channel);
        await(lists, "3b:00.1 Healthy", "3b:00.2 Healthy");

        Files.writeString(pools(), "{\"resourceList\": [{\"resourceName\": \"cards\"}]}");
        host.machine.unbound(FIRST);
        functions.ring();

        await(lists, "3b:00.1 Unhealthy", "3b:00.2 Healthy");
        assertThat(plugin.tables().getLast().rows())
                .containsExactly(
                        List.of(
                                "intel.com/cards",
                                FIRST,
                                "iavf",
                                "1",
                                PaperHost.PF,
                                "unhealthy: the pool does not take it any more, with driver none"),
                        List.of("intel.com/cards", SECOND, "iavf", "1", PaperHost.PF, "healthy"));
    }

    @Test
    void whatACrashLeftIsReplacedAndNothingIsLeftAtTheEnd() throws Exception {
        awaitRegistered();
        plugin.close();
        assertThat(plugins().toFile().list()).containsExactly("kubelet.sock");
        assertThat(description(FIRST).getParent()).isEmptyDirectory();

        Files.writeString(description(FIRST), "stale");
        Files.writeString(description("0000:3b:00.7"), "stale");
        Path others =
                description("0000:3b:00.7").resolveSibling("x.com-cards-0000:3b:00.7-device.json");
        Files.writeString(others, "not ours");
        Files.createFile(plugins().resolve(PoolSocket.name("intel.com/cards")));
        plugin = plugin();

        await(watch(channel(registration())), "3b:00.1 Healthy", "3b:00.2 Healthy");
        assertThat(description(FIRST)).content().contains("pci-address");
        assertThat(description("0000:3b:00.7")).doesNotExist();
        assertThat(others).hasContent("not ours");
    }
}
