package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.device.KubeletPaths;
import io.patchbay.meta.deviceplugin.DevicePluginSettings;
import io.patchbay.meta.kube.KubernetesSettings;
import io.patchbay.meta.kube.SelectionRules;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configuration of the process. Each key is explained in src/main/dist/patchbay.yaml.
///
/// @param delegatePath where third parties' jars lie
/// @param networkConfigDirectory where networks without a configuration find theirs
/// @param kubernetes empty where pods and networks are {@link #manifests}
/// @param delegates a section for each delegate, by its type
/// @param devicePlugin empty where no devices are offered to the kubelet
public record Settings(
        Path socket,
        Path state,
        int threads,
        Duration deadline,
        Optional<KubernetesSettings> kubernetes,
        Path manifests,
        KubeletPaths kubelet,
        Path deviceInfoDirectory,
        Path cniConfigDirectory,
        String cniConfigName,
        List<Path> pluginPath,
        List<Path> delegatePath,
        NetworkConfigList defaultNetwork,
        SelectionRules selection,
        Path networkConfigDirectory,
        UnknownKeys unknownKeys,
        Map<String, ObjectNode> delegates,
        Multus multus,
        Metrics metrics,
        Optional<DevicePluginSettings> devicePlugin) {

    /// What is left of Multus on the node.
    ///
    /// @param cache where it kept what it attached; it need not be there
    public record Multus(Path cache) {}

    /// @param listen where metrics are served by HTTP; empty where they are not
    public record Metrics(Optional<InetSocketAddress> listen) {}

    /// What counts where the file says nothing.
    public static final Settings DEFAULT =
            new Settings(
                    Path.of("/run/patchbay/cni.sock"),
                    Path.of("/var/lib/patchbay"),
                    16,
                    Duration.ofSeconds(90),
                    Optional.empty(),
                    Path.of("/etc/patchbay/manifests"),
                    KubeletPaths.DEFAULT,
                    DeviceInfoDirectory.DEFAULT.root(),
                    Path.of("/etc/cni/net.d"),
                    "00-patchbay.conflist",
                    List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni")),
                    List.of(Path.of("/opt/patchbay/delegates")),
                    NetworkConfigDecoder.decode(
                            "the default network",
                            "{\"cniVersion\": \"%s\", \"type\": \"vpc\"}"
                                    .formatted(CniVersion.NEWEST),
                            "vpc"),
                    SelectionRules.DEFAULT,
                    Path.of("/etc/cni/multus/net.d"),
                    UnknownKeys.REFUSED,
                    Map.of(),
                    new Multus(Path.of("/var/lib/cni/multus")),
                    new Metrics(Optional.empty()),
                    Optional.empty());

    public Settings {
        pluginPath = List.copyOf(pluginPath);
        delegatePath = List.copyOf(delegatePath);
        delegates = Map.copyOf(delegates);
    }

    /// Puts other places for what the environment may override.
    Settings at(Path socket, Path state) {
        return new Settings(
                socket,
                state,
                threads,
                deadline,
                kubernetes,
                manifests,
                kubelet,
                deviceInfoDirectory,
                cniConfigDirectory,
                cniConfigName,
                pluginPath,
                delegatePath,
                defaultNetwork,
                selection,
                networkConfigDirectory,
                unknownKeys,
                delegates,
                multus,
                metrics,
                devicePlugin);
    }
}
