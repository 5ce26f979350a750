package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class FramesFuzzTest {
    private static final int CHECKSUM = 20;

    /// As they are, and with the checksum that belongs to them, which chance does not find.
    @FuzzTest
    void any_octets_are_a_frame_or_refused_and_its_environment_frames_again(byte[] input) {
        check(input);
        if (input.length >= Frames.REQUEST_HEADER) {
            check(sealed(input));
        }
    }

    static byte[] sealed(byte[] frame) {
        CRC32 checksum = new CRC32();
        checksum.update(frame, Frames.REQUEST_HEADER, frame.length - Frames.REQUEST_HEADER);
        byte[] sealed = frame.clone();
        ByteBuffer.wrap(sealed).putInt(CHECKSUM, (int) checksum.getValue());
        return sealed;
    }

    private static void check(byte[] octets) {
        Frames.Payload payload;
        try {
            payload = Frames.file(octets);
        } catch (CniException refusal) {
            assertThat(refusal.code()).isEqualTo(Standard.IO_FAILURE);
            assertThat(refusal.getMessage()).isNotBlank();
            return;
        }
        assertThat(payload.stdinBytes().length).isLessThanOrEqualTo(octets.length);
        byte[] again = Wire.frame(payload.environment(), "", 0);
        assertThat(Frames.file(again).environment()).isEqualTo(payload.environment());
    }
}
