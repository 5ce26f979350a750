package io.patchbay.dpdk.pod;

import com.fasterxml.jackson.core.JsonGenerator;
import io.patchbay.dpdk.pod.NetworkDevice.KernelLink;
import io.patchbay.dpdk.pod.NetworkDevice.Memif;
import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import io.patchbay.dpdk.pod.NetworkDevice.Untold;
import io.patchbay.dpdk.pod.NetworkDevice.Vdpa;
import io.patchbay.dpdk.pod.NetworkDevice.VhostUser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// A container's devices as one object of JSON: `networks` with their devices and ports, `cpus`,
/// `ealArguments`, `remarks`.
final class DevicesJson {
    private final PodDevices devices;
    private final JsonGenerator json;

    private DevicesJson(PodDevices devices, JsonGenerator json) {
        this.devices = devices;
        this.json = json;
    }

    static String encode(PodDevices devices, List<String> ealArguments) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(text)) {
            new DevicesJson(devices, json).write(ealArguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(List<String> ealArguments) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("networks");
        for (PodNetwork network : devices.networks()) {
            write(network);
        }
        json.writeEndArray();
        json.writeStringField("cpus", NumberList.format(devices.cpus().cpus()));
        write("ealArguments", ealArguments);
        write("remarks", devices.remarks());
        json.writeEndObject();
    }

    private void write(PodNetwork network) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", network.name());
        if (network.ifName().isPresent()) {
            json.writeStringField("interface", network.ifName().get());
        }
        write("ips", network.ips().stream().map(ip -> ip.getHostAddress()).toList());
        if (network.mac().isPresent()) {
            json.writeStringField("mac", network.mac().get());
        }
        if (network.mtu().isPresent()) {
            json.writeNumberField("mtu", network.mtu().getAsInt());
        }
        json.writeBooleanField("default", network.isDefault());
        json.writeObjectFieldStart("device");
        write(network.device());
        json.writeEndObject();
        if (devices.findPort(network).isPresent()) {
            json.writeStringField("port", devices.findPort(network).get().name());
        }
        json.writeEndObject();
    }

    private void write(NetworkDevice device) throws IOException {
        switch (device) {
            case Pci pci -> {
                json.writeStringField("type", "pci");
                json.writeStringField("address", pci.address());
                if (pci.driver().isPresent()) {
                    json.writeStringField("driver", pci.driver().get());
                }
                if (pci.numaNode().isPresent()) {
                    json.writeNumberField("numaNode", pci.numaNode().getAsInt());
                }
                if (pci.vfioNode().isPresent()) {
                    json.writeStringField("vfioNode", pci.vfioNode().get());
                }
                write("rdma", pci.rdma());
            }
            case VhostUser(boolean creates, String path) -> socket("vhost-user", creates, path);
            case Memif memif -> {
                socket("memif", memif.containerCreates(), memif.path());
                json.writeStringField("mode", memif.mode());
                json.writeNumberField("id", memif.id());
            }
            case Vdpa(_, String driver, String path) -> {
                json.writeStringField("type", "vdpa");
                json.writeStringField("driver", driver);
                json.writeStringField("path", path);
            }
            case KernelLink() -> json.writeStringField("type", "link");
            case Untold(String why) -> {
                json.writeStringField("type", "untold");
                json.writeStringField("why", why);
            }
        }
    }

    private void socket(String type, boolean creates, String path) throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("path", path);
        json.writeBooleanField("containerCreates", creates);
    }

    private void write(String key, List<String> words) throws IOException {
        json.writeArrayFieldStart(key);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }
}
