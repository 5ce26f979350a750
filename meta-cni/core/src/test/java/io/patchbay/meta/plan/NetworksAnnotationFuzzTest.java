package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CapabilitiesCodec;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class NetworksAnnotationFuzzTest {
    @FuzzTest
    void any_annotation_is_read_or_refused_and_reads_the_same_in_its_json_form(byte[] input) {
        decoded(() -> NetworksAnnotation.parse(new String(input, UTF_8), "home"))
                .ifPresent(selections ->
                        assertThat(NetworksAnnotation.parse(json(selections), "other"))
                                .isEqualTo(selections));
    }

    private static String json(List<NetworkSelection> selections) {
        ArrayNode list = Json.mapper().createArrayNode();
        selections.forEach(selection -> list.add(json(selection)));
        return Json.text(list);
    }

    private static ObjectNode json(NetworkSelection selection) {
        ObjectNode json = CapabilitiesCodec.encode(selection.wishes());
        if (json.has("infinibandGUID")) {
            json.set("infiniband-guid", json.remove("infinibandGUID"));
        }
        // None of which the standard has a 0 for.
        json.path("bandwidth").properties().removeIf(rate -> rate.getValue().asLong() == 0);
        json.put("namespace", selection.namespace()).put("name", selection.name());
        selection.ifName().ifPresent(name -> json.put("interface", name));
        selection.device().map(DeviceId::value).ifPresent(id -> json.put("deviceID", id));
        ObjectNode args = json.putObject("cni-args");
        selection.cniArgs().forEach((key, text) -> args.set(key, Json.decode(key, text)));
        selection
                .defaultRoute()
                .ifPresent(gateways -> {
                    ArrayNode route = json.putArray("default-route");
                    gateways.forEach(gateway -> route.add(Cidr.text(gateway)));
                });
        return json;
    }
}
