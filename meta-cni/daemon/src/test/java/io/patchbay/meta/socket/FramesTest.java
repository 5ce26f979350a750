package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
    // Made by Python's struct and zlib: `>IHHIIII`, then `CNI_COMMAND=DEL\0CNI_IFNAME=eth0\0{}`.
    private static final String REQUEST =
            "50424159000100010000138800000020000000025d951741434e495f434f4d4d414e443d44454c00434e495f49464e414d453d65746830007b7d";

    @Test
    void aRequestIsReadOctetByOctet() {
        ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(REQUEST));
        Frames.Header header = Frames.header(octets);
        assertThat(header.descriptor()).isTrue();
        assertThat(header.patience()).isEqualTo(Duration.ofSeconds(5));
        byte[] body = new byte[octets.remaining()];
        octets.get(body);
        Frames.Payload payload = Frames.payload(header, body);
        assertThat(payload.environment())
                .isEqualTo(Map.of("CNI_COMMAND", "DEL", "CNI_IFNAME", "eth0"));
        assertThat(payload.stdinBytes()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
    }

    @Test
    void aReplyIsWrittenOctetByOctet() {
        CniException refusal = new CniException(Standard.TRY_AGAIN_LATER, "later");
        ByteBuffer reply = Frames.reply(CniReply.failure(refusal, CniVersion.V1_0_0));
        byte[] octets = new byte[reply.remaining()];
        reply.get(octets);
        assertThat(HexFormat.of().formatHex(octets))
                .isEqualTo(
                        "50424152000100010000002fa185c7247b22636e6956657273696f6e223a22312e302e30222c22636f6465223a31312c226d7367223a226c61746572227d0a");
    }

    @Test
    void theFirstOfTwoVariablesCountsAndAValueMayHoldAnEqualsSign() {
        byte[] frame = Wire.frame(Map.of("A", "b=c\0A=d"), "", 0);
        assertThat(Frames.file(frame).environment()).isEqualTo(Map.of("A", "b=c"));
    }

    @Test
    void anEmptyFrameIsOne() {
        Frames.Payload payload = Frames.file(Wire.frame(Map.of(), "", 0));
        assertThat(payload.environment()).isEmpty();
        assertThat(payload.stdinBytes()).isEmpty();
    }

    @ParameterizedTest(name = "octet {0} is {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 71 | it begins with 0x47424159",
                "5 | 2 | its version is 2",
                "7 | 4 | its flags are 0x4",
                "12 | 1 | its environment has 16777226 octets, and the limit is 65536",
                "16 | 1 | its stdin has 16777218 octets, and the limit is 4194304",
                "20 | 99 | its checksum is 0x63",
                "24 | 88 | that of its content is"
            })
    void whateverIsWrongIsCodeFiveAndNamed(int octet, byte value, String words) {
        byte[] frame = Wire.frame(Map.of("CNI", "value"), "{}", 0);
        frame[octet] = value;
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Frames.file(frame))
                .matches(refusal -> refusal.code() == Standard.IO_FAILURE)
                .withMessageContaining(words);
    }

    @Test
    void whatIsCutOffOrGoesOnIsNoFrame() {
        byte[] frame = Wire.frame(Map.of("CNI", "value"), "{}", 0);
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatExceptionOfType(CniException.class).isThrownBy(() -> Frames.file(cut));
        }
        byte[] longer = Arrays.copyOf(frame, frame.length + 1);
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Frames.file(longer))
                .withMessageContaining("37 octets, and its header says 36");
    }

    @ParameterizedTest
    @CsvSource({"novalue", "=x", "A=1 B"})
    void anEnvironmentThatIsNoneIsRefused(String entry) {
        byte[] frame = Wire.frame(Map.of("A", "x\0" + entry.replace(' ', '\0')), "", 0);
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> Frames.file(frame))
                .withMessageContaining("no row of KEY=VALUE");
    }
}
