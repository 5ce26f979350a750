package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class NetworkConfigFuzzTest {
    @FuzzTest
    void any_configuration_is_read_or_refused_and_reads_the_same_as_a_list(byte[] input) {
        decoded(() -> NetworkConfigDecoder.decode("it", new String(input, UTF_8), "home"))
                .ifPresent(NetworkConfigFuzzTest::check);
    }

    private static void check(NetworkConfigList network) {
        // The list is two levels deeper, which may be too deep.
        decoded(() -> NetworkConfigDecoder.decode("it", json(network), "other"))
                .ifPresent(again -> assertThat(again).isEqualTo(network));
        for (PluginConfig plugin : network.plugins()) {
            assertThat(plugin.type()).isNotEmpty().doesNotContain("/", "\0");
            plugin.capabilities();
            plugin.ipam().ifPresent(ipam -> assertThat(ipam.get("type").isTextual()).isTrue());
        }
    }

    private static String json(NetworkConfigList network) {
        ObjectNode json = Json.object();
        json.put("name", network.name());
        json.put("cniVersion", network.version().toString());
        json.put("disableCheck", network.disableCheck());
        json.put("disableGC", network.disableGc());
        ArrayNode plugins = json.putArray("plugins");
        network.plugins().forEach(plugin -> plugins.add(plugin.json()));
        return Json.text(json);
    }
}
