package io.patchbay.cluster;

import java.nio.file.Path;
import java.util.List;

/// A node's kubelet.
///
/// @param directory its configuration and log
record Kubelet(Machine machine, Scratch directory, String node, String address) {
    /// It listens on the wire of a test alone, so it believes whoever asks, such as the API server
    /// for logs and exec. Only what it starts is in the machine's cgroups. An OOM score of its own
    /// would take CAP_SYS_RESOURCE.
    private static final String CONFIG =
            """
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            address: %s
            healthzPort: 0
            authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
            authorization: {mode: AlwaysAllow}
            containerRuntimeEndpoint: unix://%s
            cgroupDriver: cgroupfs
            cgroupRoot: /%s
            enforceNodeAllocatable: []
            failCgroupV1: false
            failSwapOn: false
            protectKernelDefaults: true
            makeIPTablesUtilChains: false
            localStorageCapacityIsolation: false
            resolvConf: ""
            oomScoreAdj: 0
            evictionHard: {memory.available: "0%%", nodefs.available: "0%%", imagefs.available: "0%%"}
            imageGCHighThresholdPercent: 100
            volumePluginDir: /var/lib/kubelet/plugins
            """;

    /// @param kubeconfig bears the node's own token
    ServerProcess start(Path kubeconfig) {
        String config = CONFIG.formatted(address, Containerd.SOCKET, machine.cgroup());
        List<String> command =
                List.of(
                        Programs.kubernetes("kubelet").path("kubelet"),
                        "--config=" + directory.write("kubelet.yaml", config),
                        "--kubeconfig=" + kubeconfig,
                        "--hostname-override=" + node,
                        "--node-ip=" + address,
                        "--v=2");
        return ServerProcess.start(
                "kubelet", machine.enter(command), directory.file("kubelet.log"));
    }
}
