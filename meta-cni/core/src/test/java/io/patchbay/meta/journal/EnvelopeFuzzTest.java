package io.patchbay.meta.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.meta.journal.Envelope.Opened;
import io.patchbay.meta.journal.Envelope.TornRecord;
import io.patchbay.meta.journal.Envelope.Whole;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class EnvelopeFuzzTest {
    private static final String KIND = "sandbox";

    @FuzzTest
    void any_octets_are_a_record_or_a_torn_one_and_what_is_sealed_opens_again(byte[] input) {
        check(Envelope.open(KIND, input));
        String text = new String(input, UTF_8);
        byte[] sealed = Envelope.seal(KIND, text);
        assertThat(Envelope.open(KIND, sealed)).isEqualTo(new Whole(text));
        if (input.length > 0) {
            int cut = Byte.toUnsignedInt(input[0]) % sealed.length;
            assertThat(Envelope.open(KIND, Arrays.copyOf(sealed, cut)))
                    .isInstanceOf(TornRecord.class);
        }
    }

    private static void check(Opened opened) {
        switch (opened) {
            case TornRecord(String reason) -> assertThat(reason).isNotBlank();
            case Whole(String text) ->
                    assertThat(Envelope.open(KIND, Envelope.seal(KIND, text)))
                            .isEqualTo(new Whole(text));
        }
    }
}
