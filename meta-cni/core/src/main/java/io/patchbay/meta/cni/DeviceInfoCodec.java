package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.DeviceInfo.Memif;
import io.patchbay.spi.cni.DeviceInfo.Pci;
import io.patchbay.spi.cni.DeviceInfo.Vdpa;
import io.patchbay.spi.cni.DeviceInfo.VhostUser;
import java.util.List;
import java.util.Optional;

/// Device information as JSON, as its files and network-status hold it. Keys that are unknown are
/// passed over, for a later version may have more. Source: NPWG device-info specification 1.1.0,
/// §3.
public final class DeviceInfoCodec {
    private static final String VERSION = "1.1.0";

    private DeviceInfoCodec() {}

    public static DeviceInfo decode(JsonObject json) {
        json.string("version")
                .filter(version -> !version.startsWith("1."))
                .ifPresent(version -> {
                    throw json.refusal(
                            "version", "\"%s\" is not spoken here: 1.x is".formatted(version));
                });
        String type = json.getString("type");
        return switch (type) {
            case "pci" -> pci(fields(json, type));
            case "vdpa" -> vdpa(fields(json, type));
            case "vhost-user" -> vhostUser(fields(json, type));
            case "memif" -> memif(fields(json, type));
            default ->
                    throw json.refusal(
                            "type",
                            "\"%s\" is none of pci, vdpa, vhost-user, memif".formatted(type));
        };
    }

    public static ObjectNode encode(DeviceInfo device) {
        return switch (device) {
            case Pci pci -> typed("pci", encode(pci));
            case Vdpa vdpa -> typed("vdpa", encode(vdpa));
            case VhostUser(String mode, String path) ->
                    typed("vhost-user", Json.object().put("mode", mode).put("path", path));
            case Memif memif -> typed("memif", encode(memif));
        };
    }

    private static JsonObject fields(JsonObject json, String type) {
        return json.object(type).orElseThrow(() -> json.missing(type));
    }

    private static Pci pci(JsonObject json) {
        return new Pci(
                required(json, "pci-address"),
                optional(json, "vhost-net"),
                optional(json, "rdma-device"),
                optional(json, "pf-pci-address"),
                optional(json, "representor-device"));
    }

    private static Vdpa vdpa(JsonObject json) {
        return new Vdpa(
                required(json, "parent-device"),
                oneOf(json, "driver", List.of("vhost", "virtio")),
                required(json, "path"),
                optional(json, "pci-address"),
                optional(json, "pf-pci-address"),
                optional(json, "representor-device"));
    }

    private static VhostUser vhostUser(JsonObject json) {
        return new VhostUser(
                oneOf(json, "mode", List.of("client", "server")), required(json, "path"));
    }

    private static Memif memif(JsonObject json) {
        // The client library of the NPWG writes the last one short.
        String mode = oneOf(json, "mode", List.of("ethernet", "ip", "inject-punt", "punt"));
        return new Memif(
                oneOf(json, "role", List.of("master", "slave")),
                required(json, "path"),
                mode.equals("punt") ? "inject-punt" : mode,
                json.integer("id", 0, Integer.MAX_VALUE).orElse(0));
    }

    private static String oneOf(JsonObject json, String key, List<String> words) {
        String word = required(json, key);
        if (!words.contains(word)) {
            throw json.refusal(
                    key, "\"%s\" is none of %s".formatted(word, String.join(", ", words)));
        }
        return word;
    }

    private static String required(JsonObject json, String key) {
        return optional(json, key).orElseThrow(() -> json.missing(key));
    }

    /// An empty string counts as absent, as Go writes it.
    private static Optional<String> optional(JsonObject json, String key) {
        return json.string(key).filter(text -> !text.isEmpty());
    }

    private static ObjectNode typed(String type, ObjectNode fields) {
        ObjectNode json = Json.object().put("type", type).put("version", VERSION);
        json.set(type, fields);
        return json;
    }

    private static ObjectNode encode(Pci pci) {
        ObjectNode json = Json.object().put("pci-address", pci.pciAddress());
        put(json, "vhost-net", pci.vhostNet());
        put(json, "rdma-device", pci.rdmaDevice());
        put(json, "pf-pci-address", pci.pfPciAddress());
        put(json, "representor-device", pci.representorDevice());
        return json;
    }

    private static ObjectNode encode(Vdpa vdpa) {
        ObjectNode json = Json.object();
        json.put("parent-device", vdpa.parentDevice());
        json.put("driver", vdpa.driver());
        json.put("path", vdpa.path());
        put(json, "pci-address", vdpa.pciAddress());
        put(json, "pf-pci-address", vdpa.pfPciAddress());
        put(json, "representor-device", vdpa.representorDevice());
        return json;
    }

    /// The id is not the specification's: where it is the usual one, a reader that knows the
    /// specification's keys alone finds nothing else.
    private static ObjectNode encode(Memif memif) {
        ObjectNode json = Json.object();
        json.put("role", memif.role());
        json.put("path", memif.path());
        json.put("mode", memif.mode());
        if (memif.id() != 0) {
            json.put("id", memif.id());
        }
        return json;
    }

    private static void put(ObjectNode json, String key, Optional<String> value) {
        value.ifPresent(text -> json.put(key, text));
    }
}
