package io.patchbay.meta.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.journal.Envelope.TornRecord;
import io.patchbay.meta.journal.Envelope.Whole;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final byte[] SEALED = Envelope.seal("plans", "{\"é\":\"\n\"}");

    @Test
    void what_was_sealed_is_opened() {
        assertThat(Envelope.open("plans", SEALED)).isEqualTo(new Whole("{\"é\":\"\n\"}"));
    }

    @Test
    void the_first_line_says_what_it_is() {
        assertThat(new String(SEALED, UTF_8))
                .startsWith("patchbay plans 1 crc32=")
                .contains(" length=10\n{");
    }

    @Test
    void every_cut_is_noticed() {
        for (int length = 0; length < SEALED.length; length++) {
            assertThat(Envelope.open("plans", Arrays.copyOf(SEALED, length)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(TornRecord.class);
        }
    }

    @Test
    void every_flipped_bit_is_noticed() {
        for (int bit = 0; bit < SEALED.length * 8; bit++) {
            byte[] flipped = SEALED.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Envelope.open("plans", flipped))
                    .as("bit %d flipped", bit)
                    .isInstanceOf(TornRecord.class);
        }
    }

    @Test
    void zeros_that_a_lost_write_leaves_are_no_record() {
        assertThat(Envelope.open("plans", new byte[4096])).isInstanceOf(TornRecord.class);
    }

    @Test
    void another_kind_is_named() {
        assertThat(Envelope.open("results", SEALED))
                .isEqualTo(
                        new TornRecord(
                                "is a \"plans\" of version 1, not a \"results\" of version 1"));
    }
}
