package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.cni.DeviceInfo;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class DeviceInfoFuzzTest {
    @FuzzTest
    void any_device_information_is_read_or_refused_and_reads_the_same_once_written(byte[] input) {
        decoded(() -> decode(new String(input, UTF_8)))
                .ifPresent(device ->
                        assertThat(decode(Json.text(DeviceInfoCodec.encode(device))))
                                .isEqualTo(device));
    }

    private static DeviceInfo decode(String text) {
        return DeviceInfoCodec.decode(JsonObject.read("it", Json.decode("it", text)));
    }
}
