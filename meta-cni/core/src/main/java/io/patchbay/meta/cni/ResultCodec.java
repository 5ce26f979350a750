package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.OptionalInt;

/// Results as JSON of every version that is spoken. Source: CNI SPEC.md of each version, "Success";
/// libcni pkg/types/040 and pkg/types/100.
public final class ResultCodec {
    private ResultCodec() {}

    /// What a version has no key for is left out. `dns` is always an object, as libcni writes it.
    public static ObjectNode encode(CniResult result, CniVersion version) {
        ObjectNode json = Json.object();
        json.put("cniVersion", version.toString());
        if (!result.interfaces().isEmpty()) {
            ArrayNode links = json.putArray("interfaces");
            result.interfaces().forEach(link -> encode(link, version, links.addObject()));
        }
        if (!result.ips().isEmpty()) {
            ArrayNode ips = json.putArray("ips");
            result.ips().forEach(ip -> encode(ip, version, ips.addObject()));
        }
        if (!result.routes().isEmpty()) {
            ArrayNode routes = json.putArray("routes");
            result.routes().forEach(route -> encode(route, version, routes.addObject()));
        }
        encode(result.dns(), json.putObject("dns"));
        return json;
    }

    /// Reads a result of any version that is spoken, in which keys may be absent, null or unknown.
    /// One of another version is code 1, a wrong type or value code 6.
    ///
    /// @param what names the result in refusals, such as `the result of plugin "bridge"`
    public static CniResult decode(String what, JsonNode json) {
        return ResultReader.read(what, json);
    }

    private static void encode(CniResult.Interface link, CniVersion version, ObjectNode json) {
        json.put("name", link.name());
        link.mac().ifPresent(mac -> json.put("mac", mac.toString()));
        boolean modern = version.isAtLeast(CniVersion.V1_0_0);
        if (modern && link.mtu() != 0) {
            json.put("mtu", link.mtu());
        }
        if (!link.sandbox().isEmpty()) {
            json.put("sandbox", link.sandbox());
        }
        if (modern) {
            link.socketPath().ifPresent(path -> json.put("socketPath", path));
            link.pciId().ifPresent(id -> json.put("pciID", id));
        }
    }

    private static void encode(CniResult.Ip ip, CniVersion version, ObjectNode json) {
        if (!version.isAtLeast(CniVersion.V1_0_0)) {
            json.put("version", ip.address().isIpv6() ? "6" : "4");
        }
        put(json, "interface", ip.link());
        json.put("address", ip.address().toString());
        ip.gateway().ifPresent(gateway -> json.put("gateway", Cidr.text(gateway)));
    }

    private static void encode(CniResult.Route route, CniVersion version, ObjectNode json) {
        json.put("dst", route.destination().toString());
        route.gateway().ifPresent(gateway -> json.put("gw", Cidr.text(gateway)));
        if (!version.isAtLeast(CniVersion.V1_1_0)) {
            return;
        }
        if (route.mtu() != 0) {
            json.put("mtu", route.mtu());
        }
        if (route.advmss() != 0) {
            json.put("advmss", route.advmss());
        }
        put(json, "priority", route.priority());
        put(json, "table", route.table());
        put(json, "scope", route.scope());
    }

    private static void encode(CniResult.Dns dns, ObjectNode json) {
        put(json, "nameservers", dns.nameservers());
        dns.domain().ifPresent(domain -> json.put("domain", domain));
        put(json, "search", dns.search());
        put(json, "options", dns.options());
    }

    private static void put(ObjectNode json, String key, OptionalInt value) {
        value.ifPresent(number -> json.put(key, number));
    }

    private static void put(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(key)::add);
        }
    }
}
