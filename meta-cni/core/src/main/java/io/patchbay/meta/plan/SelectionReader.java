package io.patchbay.meta.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CapabilitiesCodec;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.cni.Names;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one element of a pod's networks annotation. Source: NPWG multi-network specification v1.3,
/// §4.1.2.1.
final class SelectionReader {
    // Keys without a dot are the standard's to give; those with one are other people's.
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "namespace",
                    "interface",
                    "interfaceRequest",
                    "ips",
                    "mac",
                    "portMappings",
                    "bandwidth",
                    "infiniband-guid",
                    "cni-args",
                    "default-route",
                    "deviceID",
                    "ipam-claim-reference");
    private static final Set<String> PORT_KEYS =
            Set.of("hostPort", "containerPort", "protocol", "hostIP");
    private static final List<String> DIRECTIONS = List.of("ingress", "egress");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){7}");

    private final JsonObject element;

    private SelectionReader(JsonObject element) {
        this.element = element;
    }

    static NetworkSelection read(JsonObject element, String defaultNamespace) {
        return new SelectionReader(element).read(defaultNamespace);
    }

    private NetworkSelection read(String defaultNamespace) {
        refuseReserved();
        checkClaim();
        return new NetworkSelection(
                label("namespace", element.string("namespace").orElse(defaultNamespace)),
                name("name", element.getString("name")),
                interfaceName(),
                wishes(),
                cniArgs(),
                defaultRoute(),
                device());
    }

    private void refuseReserved() {
        ObjectNode reserved = element.json().deepCopy();
        reserved.properties().removeIf(entry -> entry.getKey().indexOf('.') >= 0);
        element.with(reserved).allowOnly(KEYS);
    }

    /// The claim is for the network's own IPAM to honour, which reads the pod; what the standard
    /// forbids is forbidden all the same.
    private void checkClaim() {
        element.string("ipam-claim-reference")
                .ifPresent(claim -> {
                    if (element.has("ips")) {
                        throw element.refusal(
                                "ipam-claim-reference",
                                "\"%s\" excludes \"ips\": leave one of them out".formatted(claim));
                    }
                    name("ipam-claim-reference", claim);
                });
    }

    /// The name of an object; Kubernetes takes labels joined by dots for it.
    private String name(String key, String text) {
        if (text.length() > 253) {
            throw element.refusal(key, "\"%s\" is longer than 253 characters".formatted(text));
        }
        for (String label : text.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw notLabel(key, text);
            }
        }
        return text;
    }

    private String label(String key, String text) {
        if (!LABEL.matcher(text).matches()) {
            throw notLabel(key, text);
        }
        return text;
    }

    private RuntimeException notLabel(String key, String text) {
        return element.refusal(
                key,
                "\"%s\" is no name of Kubernetes: use lower case letters, digits and \"-\", and start and end with a letter or digit"
                        .formatted(text));
    }

    private Optional<String> interfaceName() {
        Optional<String> name = interfaceName("interface");
        Optional<String> alias = interfaceName("interfaceRequest");
        if (name.isPresent() && alias.isPresent() && !name.equals(alias)) {
            throw element.refusal(
                    "interfaceRequest",
                    "\"%s\" contradicts \"interface\", which is \"%s\""
                            .formatted(alias.get(), name.get()));
        }
        return name.or(() -> alias);
    }

    private Optional<String> interfaceName(String key) {
        Optional<String> name = element.string(key);
        name.flatMap(Names::interfaceProblem)
                .ifPresent(words -> {
                    throw element.refusal(key, "\"%s\" %s".formatted(name.orElse(""), words));
                });
        return name;
    }

    /// The keys that are capabilities too, in the same form.
    private Capabilities wishes() {
        ObjectNode json = Json.object();
        for (String key : List.of("ips", "mac", "portMappings", "bandwidth")) {
            element.find(key).ifPresent(value -> json.set(key, value));
        }
        guid().ifPresent(guid -> json.put("infinibandGUID", guid));
        requireElements("ips", element.list("ips"));
        requireElements("portMappings", element.list("portMappings"));
        element.objects("portMappings").forEach(mapping -> mapping.allowOnly(PORT_KEYS));
        element.object("bandwidth").ifPresent(SelectionReader::checkBandwidth);
        element.string("mac").ifPresent(this::requireText);
        return CapabilitiesCodec.decode(element.with(json));
    }

    private void requireText(String mac) {
        if (mac.isEmpty()) {
            throw element.refusal("mac", "it is empty: leave it out, or write six octets");
        }
    }

    private void requireElements(String key, List<JsonNode> list) {
        if (element.has(key) && list.isEmpty()) {
            throw element.refusal(key, "it is empty: leave it out, or write at least one element");
        }
    }

    private static void checkBandwidth(JsonObject bandwidth) {
        bandwidth.allowOnly(Set.of("ingressRate", "ingressBurst", "egressRate", "egressBurst"));
        for (String direction : DIRECTIONS) {
            String rate = direction + "Rate";
            String burst = direction + "Burst";
            bandwidth.number(rate, 1, Long.MAX_VALUE);
            if (bandwidth.number(burst, 1, Long.MAX_VALUE).isPresent() && !bandwidth.has(rate)) {
                throw bandwidth.refusal(burst, "it needs \"%s\" beside it".formatted(rate));
            }
        }
    }

    private Optional<String> guid() {
        Optional<String> guid = element.string("infiniband-guid");
        if (guid.isPresent() && !GUID.matcher(guid.get()).matches()) {
            throw element.refusal(
                    "infiniband-guid",
                    "\"%s\" is no GUID: write eight octets, as in 02:00:00:00:00:aa:bb:cc"
                            .formatted(guid.get()));
        }
        return guid;
    }

    private Map<String, String> cniArgs() {
        Map<String, String> args = new LinkedHashMap<>();
        element.object("cni-args")
                .ifPresent(object ->
                        object.json()
                                .properties()
                                .forEach(arg -> args.put(arg.getKey(), Json.text(arg.getValue()))));
        return args;
    }

    private Optional<List<InetAddress>> defaultRoute() {
        if (!element.has("default-route")) {
            return Optional.empty();
        }
        List<InetAddress> gateways = new ArrayList<>();
        for (String text : element.strings("default-route")) {
            String key = "default-route[" + gateways.size() + "]";
            InetAddress gateway = element.parse(key, text, Cidr::address);
            if (gateways.stream().anyMatch(other -> other.getClass() == gateway.getClass())) {
                throw element.refusal(
                        key, "\"%s\" is the second gateway of its family".formatted(text));
            }
            gateways.add(gateway);
        }
        return Optional.of(gateways);
    }

    private Optional<DeviceId> device() {
        Optional<String> device = element.string("deviceID");
        if (device.isPresent() && device.get().isBlank()) {
            throw element.refusal("deviceID", "it is empty");
        }
        return device.map(DeviceId::new);
    }
}
