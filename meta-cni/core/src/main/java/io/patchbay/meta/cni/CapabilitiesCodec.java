package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.Capabilities.Bandwidth;
import io.patchbay.spi.cni.Capabilities.IpRange;
import io.patchbay.spi.cni.Capabilities.PortMapping;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Capabilities as JSON, as `runtimeConfig` holds them. Source: CNI CONVENTIONS.md.
public final class CapabilitiesCodec {
    private static final Set<String> KNOWN =
            Set.of("ips", "mac", "portMappings", "bandwidth", "ipRanges", "deviceID");
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

    private CapabilitiesCodec() {}

    /// A protocol is read in any case and kept in lower case, as the conventions write it.
    public static Capabilities decode(JsonObject json) {
        Map<String, String> others = new LinkedHashMap<>();
        for (var entry : json.json().properties()) {
            if (!KNOWN.contains(entry.getKey())) {
                others.put(entry.getKey(), Json.text(entry.getValue()));
            }
        }
        return new Capabilities(
                ips(json),
                json.parsed("mac", CapabilitiesCodec::mac),
                json.objects("portMappings").stream().map(CapabilitiesCodec::portMapping).toList(),
                json.object("bandwidth").map(CapabilitiesCodec::bandwidth),
                ipRanges(json),
                json.string("deviceID").filter(id -> !id.isEmpty()),
                others);
    }

    /// What is empty is left out.
    public static ObjectNode encode(Capabilities capabilities) {
        ObjectNode json = Json.object();
        if (!capabilities.ips().isEmpty()) {
            ArrayNode ips = json.putArray("ips");
            capabilities.ips().forEach(ip -> ips.add(ip.toString()));
        }
        capabilities.mac().ifPresent(mac -> json.put("mac", mac.toString()));
        if (!capabilities.portMappings().isEmpty()) {
            ArrayNode mappings = json.putArray("portMappings");
            capabilities.portMappings().forEach(one -> encode(one, mappings.addObject()));
        }
        capabilities.bandwidth().ifPresent(one -> encode(one, json.putObject("bandwidth")));
        if (!capabilities.ipRanges().isEmpty()) {
            ArrayNode sets = json.putArray("ipRanges");
            for (List<IpRange> set : capabilities.ipRanges()) {
                ArrayNode ranges = sets.addArray();
                set.forEach(range -> encode(range, ranges.addObject()));
            }
        }
        capabilities.deviceId().ifPresent(id -> json.put("deviceID", id));
        capabilities
                .others()
                .forEach((key, text) -> json.set(key, Json.decode("capability " + key, text)));
        return json;
    }

    private static List<Cidr> ips(JsonObject json) {
        List<Cidr> ips = new ArrayList<>();
        for (String text : json.strings("ips")) {
            ips.add(json.parse("ips[" + ips.size() + "]", text, CapabilitiesCodec::ip));
        }
        return ips;
    }

    private static Cidr ip(String text) {
        return text.indexOf('/') < 0 ? Cidr.host(Cidr.address(text)) : Cidr.parse(text);
    }

    private static MacAddress mac(String text) {
        MacAddress mac = MacAddress.parse(text);
        // The lowest bit of the first octet; the kernel takes no such address for a link.
        if ((mac.octets()[0] & 1) != 0 || mac.value() == 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not the address of one link");
        }
        return mac;
    }

    private static PortMapping portMapping(JsonObject json) {
        String protocol = json.string("protocol").orElse("tcp").toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw json.refusal(
                    "protocol",
                    "\"%s\" is none of TCP, UDP, SCTP"
                            .formatted(json.string("protocol").orElse("")));
        }
        return new PortMapping(
                port(json, "hostPort"),
                port(json, "containerPort"),
                protocol,
                json.parsed("hostIP", Cidr::address));
    }

    private static int port(JsonObject json, String key) {
        return json.integer(key, 1, 65535).orElseThrow(() -> json.missing(key));
    }

    private static Bandwidth bandwidth(JsonObject json) {
        return new Bandwidth(
                json.number("ingressRate", 0, Long.MAX_VALUE).orElse(0),
                json.number("ingressBurst", 0, Long.MAX_VALUE).orElse(0),
                json.number("egressRate", 0, Long.MAX_VALUE).orElse(0),
                json.number("egressBurst", 0, Long.MAX_VALUE).orElse(0));
    }

    private static List<List<IpRange>> ipRanges(JsonObject json) {
        return json.objectLists("ipRanges").stream()
                .map(set -> set.stream().map(CapabilitiesCodec::ipRange).toList())
                .toList();
    }

    private static IpRange ipRange(JsonObject json) {
        String subnet = json.getString("subnet");
        return new IpRange(
                json.parse("subnet", subnet, Cidr::parse),
                json.parsed("rangeStart", Cidr::address),
                json.parsed("rangeEnd", Cidr::address),
                json.parsed("gateway", Cidr::address),
                json.strings("exclude").stream()
                        .map(text -> json.parse("exclude", text, Cidr::parse))
                        .toList());
    }

    private static void encode(PortMapping mapping, ObjectNode json) {
        json.put("hostPort", mapping.hostPort());
        json.put("containerPort", mapping.containerPort());
        json.put("protocol", mapping.protocol());
        mapping.hostIp().ifPresent(ip -> json.put("hostIP", Cidr.text(ip)));
    }

    private static void encode(Bandwidth bandwidth, ObjectNode json) {
        put(json, "ingressRate", bandwidth.ingressRate());
        put(json, "ingressBurst", bandwidth.ingressBurst());
        put(json, "egressRate", bandwidth.egressRate());
        put(json, "egressBurst", bandwidth.egressBurst());
    }

    // As it would be read: to Jackson an int and a long of one value are two.
    private static void put(ObjectNode json, String key, long value) {
        if (value == (int) value) {
            json.put(key, (int) value);
        } else {
            json.put(key, value);
        }
    }

    private static void encode(IpRange range, ObjectNode json) {
        json.put("subnet", range.subnet().toString());
        range.rangeStart().ifPresent(ip -> json.put("rangeStart", Cidr.text(ip)));
        range.rangeEnd().ifPresent(ip -> json.put("rangeEnd", Cidr.text(ip)));
        range.gateway().ifPresent(ip -> json.put("gateway", Cidr.text(ip)));
        if (!range.exclude().isEmpty()) {
            ArrayNode exclude = json.putArray("exclude");
            range.exclude().forEach(block -> exclude.add(block.toString()));
        }
    }
}
