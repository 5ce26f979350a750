package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotNoteTest {
    @Test
    void whatIsRememberedIsWhatWasBelieved() {
        List<Eni> enis =
                List.of(Described.eni(0, "10.0.0.5/32"), Described.eni(1, "10.0.1.16/28"));
        Instance instance =
                new Instance("i-1", "m5.large", "eu-west-1", "eu-west-1a", "vpc-1", List.of("sg"));
        SnapshotNote note =
                SnapshotNote.of(instance, new InstanceLimits(List.of(3), 10, true), enis, 7);
        assertThat(note.read()).isEqualTo(enis);
        assertThat(note.instance()).isEqualTo(instance);
    }
}
