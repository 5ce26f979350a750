package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads results. All versions that are spoken have one shape; what one has no key for is absent.
final class ResultReader {
    private final JsonObject result;
    private final List<CniResult.Interface> links = new ArrayList<>();

    private ResultReader(JsonObject result) {
        this.result = result;
    }

    static CniResult read(String what, JsonNode json) {
        // A foreign plugin's words are not the user's configuration: all that is wrong is code 6.
        var result = JsonObject.read(what, json, Standard.UNDECODABLE, Standard.UNDECODABLE);
        // libcni takes a result without a version as one of the configuration's.
        result.string("cniVersion").filter(text -> !text.isEmpty()).ifPresent(CniVersion::of);
        return new ResultReader(result).read();
    }

    private CniResult read() {
        result.objects("interfaces").forEach(link -> links.add(link(link)));
        return new CniResult(
                links,
                result.objects("ips").stream().map(this::ip).toList(),
                result.objects("routes").stream().map(ResultReader::route).toList(),
                result.object("dns").map(ResultReader::dns).orElse(CniResult.Dns.EMPTY));
    }

    private static CniResult.Interface link(JsonObject json) {
        return new CniResult.Interface(
                json.getString("name"),
                json.string("mac").flatMap(ResultReader::mac),
                json.integer("mtu", 0, Integer.MAX_VALUE).orElse(0),
                json.string("sandbox").orElse(""),
                json.string("socketPath"),
                json.string("pciID"));
    }

    // The standard does not say what a mac looks like: IP-over-InfiniBand has 20 octets, and the
    // VPC CNI writes "0" for a link that does not exist. What is no Ethernet address is none.
    private static Optional<MacAddress> mac(String text) {
        try {
            return Optional.of(MacAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CniResult.Ip ip(JsonObject json) {
        String address = json.getString("address");
        return new CniResult.Ip(
                json.parse("address", address, Cidr::parse),
                json.parsed("gateway", Cidr::address),
                position(json));
    }

    // Before 0.3.1, -1 stood for none; an IPAM's result has addresses and no links.
    private OptionalInt position(JsonObject json) {
        OptionalInt position = json.integer("interface", -1, Integer.MAX_VALUE);
        if (position.isEmpty() || position.getAsInt() < 0 || links.isEmpty()) {
            return OptionalInt.empty();
        }
        if (position.getAsInt() >= links.size()) {
            throw json.refusal(
                    "interface",
                    "%d points nowhere: there are %d interfaces"
                            .formatted(position.getAsInt(), links.size()));
        }
        return position;
    }

    private static CniResult.Route route(JsonObject json) {
        String destination = json.getString("dst");
        return new CniResult.Route(
                json.parse("dst", destination, Cidr::parse),
                json.parsed("gw", Cidr::address),
                json.integer("mtu", 0, Integer.MAX_VALUE).orElse(0),
                json.integer("advmss", 0, Integer.MAX_VALUE).orElse(0),
                json.integer("priority", 0, Integer.MAX_VALUE),
                json.integer("table", 0, Integer.MAX_VALUE),
                json.integer("scope", 0, 255));
    }

    static CniResult.Dns dns(JsonObject json) {
        return new CniResult.Dns(
                json.strings("nameservers"),
                json.string("domain").filter(domain -> !domain.isEmpty()),
                json.strings("search"),
                json.strings("options"));
    }
}
