package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.DeviceInfoCodec;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The value of the annotation {@link NetworkStatus#KEY}. Source: NPWG multi-network specification
/// v1.3, §5.
public final class NetworkStatusJson {
    private NetworkStatusJson() {}

    public static String encode(List<NetworkStatus> statuses) {
        ArrayNode list = Json.object().arrayNode();
        statuses.forEach(status -> list.add(encode(status)));
        return list.toPrettyString();
    }

    private static ObjectNode encode(NetworkStatus status) {
        ObjectNode json = Json.object();
        json.put("name", status.name());
        put(json, "interface", status.ifName());
        addresses(json, "ips", status.ips());
        put(json, "mac", status.mac().map(Object::toString));
        if (status.mtu() > 0) {
            json.put("mtu", status.mtu());
        }
        json.put("default", status.isDefault());
        json.set("dns", encode(status.dns()));
        status.device()
                .ifPresent(device -> json.set("device-info", DeviceInfoCodec.encode(device)));
        // The specification's key, and the one that the client library reads.
        addresses(json, "default-route", status.gateways());
        addresses(json, "gateway", status.gateways());
        return json;
    }

    private static ObjectNode encode(Dns dns) {
        ObjectNode json = Json.object();
        strings(json, "nameservers", dns.nameservers());
        put(json, "domain", dns.domain());
        strings(json, "search", dns.search());
        strings(json, "options", dns.options());
        return json;
    }

    private static void put(ObjectNode json, String key, Optional<String> value) {
        value.ifPresent(text -> json.put(key, text));
    }

    private static void addresses(ObjectNode json, String key, List<InetAddress> addresses) {
        strings(json, key, addresses.stream().map(Cidr::text).toList());
    }

    private static void strings(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = json.putArray(key);
            values.forEach(list::add);
        }
    }
}
