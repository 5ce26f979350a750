package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.cni.CniResult;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ResultFuzzTest {
    @FuzzTest
    void any_result_is_read_or_refused_and_reads_the_same_once_written(byte[] input) {
        decoded(() -> ResultCodec.decode("it", Json.decode("it", new String(input, UTF_8))))
                .ifPresent(ResultFuzzTest::check);
    }

    private static void check(CniResult result) {
        for (CniVersion version : CniVersion.values()) {
            // Through text, for a runtime reads that.
            String text = Json.text(ResultCodec.encode(result, version));
            CniResult again = ResultCodec.decode("it", Json.decode("it", text));
            if (version == CniVersion.NEWEST) {
                assertThat(again).isEqualTo(result);
            } else {
                assertThat(again.ips()).isEqualTo(result.ips());
            }
        }
    }
}
