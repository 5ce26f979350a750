package io.patchbay.spi.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AttachmentIdTest {
    private static final AttachmentId ID = new AttachmentId("c1", "core/media", "net1");

    /// Notes on disk are found by it after an upgrade.
    @Test
    void notesGoByInterfaceAndContainer() {
        assertThat(ID.noteKey()).isEqualTo("net1@c1");
    }

    @Test
    void aGcEndsWhatItsNetworkHasAndNobodyNames() {
        AttachmentId other = new AttachmentId("c2", "core/media", "net1");
        assertThat(ID.isLeftover("core/media", Set.of(other))).isTrue();
        assertThat(ID.isLeftover("core/media", Set.of(other, ID))).isFalse();
        assertThat(ID.isLeftover("core/signalling", Set.of())).isFalse();
    }
}
