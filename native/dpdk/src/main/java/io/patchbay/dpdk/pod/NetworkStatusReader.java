package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.NetworkDevice.KernelLink;
import io.patchbay.dpdk.pod.NetworkDevice.Memif;
import io.patchbay.dpdk.pod.NetworkDevice.Vdpa;
import io.patchbay.dpdk.pod.NetworkDevice.VhostUser;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the annotation `k8s.v1.cni.cncf.io/network-status`. Sources: NPWG multi-network
/// specification v1.3, §5, and device-info specification 1.1.0.
final class NetworkStatusReader {
    static final String KEY = "k8s.v1.cni.cncf.io/network-status";

    private final PciDevices functions;

    NetworkStatusReader(PciDevices functions) {
        this.functions = functions;
    }

    /// An attachment as it is told.
    ///
    /// @param device of device-info, where there is some
    record Told(PodNetwork network, Optional<NetworkDevice> device) {}

    List<Told> read(String where, String json) {
        Object value = JsonText.read(where, json);
        if (!(value instanceof List<?> list)) {
            throw new PodException(where + ": a list of networks is expected, and none is there");
        }
        List<Told> networks = new ArrayList<>();
        for (@Nullable Object one : list) {
            networks.add(network(JsonFields.of(where, "[%d].".formatted(networks.size()), one)));
        }
        return networks;
    }

    private Told network(JsonFields json) {
        PodNetwork network =
                new PodNetwork(
                        json.getString("name"),
                        json.string("interface"),
                        json.strings("ips").stream().map(ip -> address(json, ip)).toList(),
                        json.string("mac").map(mac -> mac.toLowerCase(Locale.ROOT)),
                        json.number("mtu"),
                        json.isTrue("default"),
                        new KernelLink());
        return new Told(network, json.object("device-info").map(this::device));
    }

    private static InetAddress address(JsonFields json, String ip) {
        try {
            return InetAddress.ofLiteral(ip);
        } catch (IllegalArgumentException e) {
            throw new PodException(
                    "%s, key \"%sips\": \"%s\" is no IP address"
                            .formatted(json.where(), json.path(), ip),
                    e);
        }
    }

    private NetworkDevice device(JsonFields json) {
        json.string("version")
                .filter(version -> !version.startsWith("1."))
                .ifPresent(version -> {
                    throw json.refusal(
                            "version", "\"%s\" is not spoken here: 1.x is".formatted(version));
                });
        String type = json.getWord("type", List.of("pci", "vdpa", "vhost-user", "memif"));
        JsonFields fields = json.getObject(type);
        return switch (type) {
            case "pci" -> pci(fields);
            case "vdpa" ->
                    new Vdpa(
                            fields.getString("parent-device"),
                            fields.getWord("driver", List.of("vhost", "virtio")),
                            fields.getString("path"));
            case "vhost-user" ->
                    new VhostUser(
                            fields.getWord("mode", List.of("client", "server")).equals("server"),
                            fields.getString("path"));
            default -> memif(fields);
        };
    }

    private NetworkDevice pci(JsonFields json) {
        String address = json.getString("pci-address");
        if (!PciDevices.isAddress(address)) {
            throw json.refusal(
                    "pci-address", "\"%s\" is no PCI address as 0000:01:10.0".formatted(address));
        }
        return functions.get(
                PciDevices.spelled(address), json.string("rdma-device").stream().toList());
    }

    private static Memif memif(JsonFields json) {
        // The client library of the NPWG writes the last one short.
        String mode = json.getWord("mode", List.of("ethernet", "ip", "inject-punt", "punt"));
        return new Memif(
                json.getWord("role", List.of("master", "slave")).equals("master"),
                json.getString("path"),
                mode.equals("punt") ? "inject-punt" : mode,
                json.number("id").orElse(0));
    }
}
