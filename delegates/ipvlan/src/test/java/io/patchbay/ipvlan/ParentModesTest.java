package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ipvlan.ParentModes.Use;
import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Link;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParentModesTest {
    private static final AttachmentId ONE = new AttachmentId("c1", "storage", "net1");
    private static final AttachmentId TWO = new AttachmentId("c2", "storage", "net1");
    private static final IpvlanConfig L2 = config("l2", "bridge");
    private static final IpvlanConfig L3 = config("l3", "bridge");
    private static final Link ETH0 = link(2, "eth0");
    private static final Link ETH1 = link(3, "eth1");

    private final Notes notes = new Notes();
    private final ParentModes modes = new ParentModes(notes);

    @Test
    void linksOfOneModeShareAParent() {
        modes.claim(ONE, ETH0, L2);

        assertThatCode(() -> modes.claim(TWO, ETH0, L2)).doesNotThrowAnyException();
    }

    @Test
    void anotherModeIsRefusedAndSaysWhoUsesTheParent() {
        modes.claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> modes.refuseOther(TWO, ETH0, L3))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"mode\" is \"l3\"", ONE.toString(), "eth0", "l2");
    }

    @Test
    void anotherFlagIsRefused() {
        modes.claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> modes.claim(TWO, ETH0, config("l2", "private")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"flag\" is \"private\"");
        assertThat(notes.kept).hasSize(1);
    }

    @Test
    void anotherParentHasItsOwnMode() {
        modes.claim(ONE, ETH0, L2);

        assertThatCode(() -> modes.claim(TWO, ETH1, L3)).doesNotThrowAnyException();
    }

    @Test
    void theModeIsFreeWhenTheLastUseIsReleased() {
        modes.claim(ONE, ETH0, L2);
        modes.release(ONE);
        modes.release(ONE);

        assertThatCode(() -> modes.claim(TWO, ETH0, L3)).doesNotThrowAnyException();
    }

    @Test
    void aRestartForgetsNoUse() {
        modes.claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> new ParentModes(notes).refuseOther(TWO, ETH0, L3))
                .isInstanceOf(CniException.class);
    }

    @Test
    void onlyTheNetworksOwnLeftoversAreCollected() {
        AttachmentId other = new AttachmentId("c3", "backup", "net1");
        modes.claim(ONE, ETH0, L2);
        modes.claim(TWO, ETH0, L2);
        modes.claim(other, ETH0, L2);

        modes.releaseAllBut("storage", Set.of(TWO));

        assertThat(notes.kept.values()).extracting(Use::id).containsExactly(TWO, other);
    }

    private static IpvlanConfig config(String mode, String flag) {
        return new IpvlanConfig(Optional.empty(), Optional.of(mode), Optional.of(flag), 0, false);
    }

    private static Link link(int index, String name) {
        return new Link(
                index,
                name,
                "",
                true,
                1500,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static final class Notes implements Journal<Use> {
        private final Map<String, Use> kept = new LinkedHashMap<>();

        @Override
        public Optional<Use> find(String key) {
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void write(String key, Use note) {
            kept.put(key, note);
        }

        @Override
        public void erase(String key) {
            kept.remove(key);
        }

        @Override
        public Map<String, Use> all() {
            return Map.copyOf(kept);
        }
    }
}
