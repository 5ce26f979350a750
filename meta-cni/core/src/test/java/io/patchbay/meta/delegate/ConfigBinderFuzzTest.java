package io.patchbay.meta.delegate;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.Key;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ConfigBinderFuzzTest {
    enum Mode {
        L2,
        L3S
    }

    record Vlan(int id, String name) {}

    /// Every type that a delegate's record may have.
    record Config(
            Optional<String> master,
            Optional<Mode> mode,
            int mtu,
            long rate,
            boolean hairpin,
            double share,
            @Key("vlan-list") List<Vlan> vlans,
            Optional<Vlan> vlan,
            Map<String, String> sysctl,
            Map<String, List<Vlan>> groups,
            List<List<Cidr>> ranges,
            Set<String> tags,
            OptionalInt metric,
            OptionalLong most,
            Optional<Boolean> quiet,
            Optional<Cidr> subnet,
            Optional<InetAddress> gateway,
            Optional<MacAddress> mac,
            Optional<DeviceId> device,
            Optional<Instant> since) {
        Config {
            vlans = List.copyOf(vlans);
            sysctl = Map.copyOf(sysctl);
            groups = Map.copyOf(groups);
            groups.values().forEach(List::copyOf);
            ranges.forEach(List::copyOf);
            tags = Set.copyOf(tags);
        }
    }

    @FuzzTest
    void any_object_is_bound_or_refused_and_binds_the_same_once_written(byte[] input) {
        decoded(() -> Json.decodeObject("it", new String(input, UTF_8)))
                .ifPresent(ConfigBinderFuzzTest::check);
    }

    private static void check(ObjectNode json) {
        decoded(() -> bind(json, UnknownKeys.REFUSED))
                .ifPresent(config -> assertThat(rebind(config)).isEqualTo(config));
        List<CniException> leftOut = new ArrayList<>();
        decoded(() -> bind(json, leftOut::add));
        assertThat(leftOut).extracting(CniException::getMessage).noneMatch(String::isBlank);
    }

    private static Config rebind(Config config) {
        String text = Json.text(Json.mapper().valueToTree(config));
        return bind(Json.decodeObject("it", text), UnknownKeys.REFUSED);
    }

    private static Config bind(ObjectNode json, UnknownKeys unknown) {
        return ConfigBinder.config("network red, plugin test", json, Config.class, unknown);
    }
}
