package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ipvlan.ParentUses.Use;
import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParentUsesTest {
    private static final AttachmentId ONE = new AttachmentId("c1", "storage", "net1");
    private static final AttachmentId TWO = new AttachmentId("c2", "storage", "net1");
    private static final IpvlanConfig L2 = config("l2", "bridge");
    private static final IpvlanConfig L3 = config("l3", "bridge");
    private static final int ETH0 = 2;
    private static final int ETH1 = 3;

    private final Notes notes = new Notes();
    private final ParentUses uses = new ParentUses(notes);

    @Test
    void linksOfOneModeShareAParent() {
        claim(ONE, ETH0, L2);

        assertThatCode(() -> claim(TWO, ETH0, L2)).doesNotThrowAnyException();
    }

    @Test
    void anotherModeIsRefusedAndSaysWhoUsesTheParent() {
        claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> uses.refuseOther(use(TWO, ETH0, L3), "eth0"))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"mode\" is \"l3\"", ONE.toString(), "eth0", "l2");
    }

    @Test
    void anotherFlagIsRefused() {
        claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> claim(TWO, ETH0, config("l2", "private")))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"flag\" is \"private\"");
        assertThat(notes.kept).hasSize(1);
    }

    @Test
    void anotherParentHasItsOwnMode() {
        claim(ONE, ETH0, L2);

        assertThatCode(() -> claim(TWO, ETH1, L3)).doesNotThrowAnyException();
    }

    @Test
    void theModeIsFreeWhenTheLastUseIsReleased() {
        claim(ONE, ETH0, L2);
        uses.release(ONE);
        uses.release(ONE);

        assertThatCode(() -> claim(TWO, ETH0, L3)).doesNotThrowAnyException();
    }

    @Test
    void aRestartForgetsNoUse() {
        claim(ONE, ETH0, L2);

        assertThatThrownBy(() -> new ParentUses(notes).refuseOther(use(TWO, ETH0, L3), "eth0"))
                .isInstanceOf(CniException.class);
    }

    @Test
    void onlyTheNetworksOwnLeftoversAreCollected() {
        AttachmentId other = new AttachmentId("c3", "backup", "net1");
        claim(ONE, ETH0, L2);
        claim(TWO, ETH0, L2);
        claim(other, ETH0, L2);

        uses.releaseAllBut("storage", Set.of(TWO));

        assertThat(notes.kept.values()).extracting(Use::id).containsExactly(TWO, other);
    }

    @Test
    void anAddressThatAnotherHasIsRefusedAndSaysWhose() {
        uses.claim(use(ONE, ETH0, L2, "10.1.0.2", "fd01::2"), "eth0");

        assertThatThrownBy(() -> uses.claim(use(TWO, ETH0, L2, "10.1.0.3", "fd01::2"), "eth0"))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("fd01::2", ONE.toString(), "eth0")
                .returns(11, e -> ((CniException) e).code().value());
        assertThat(notes.kept).hasSize(1);
        assertThatCode(() -> uses.claim(use(TWO, ETH0, L2, "10.1.0.3"), "eth0"))
                .doesNotThrowAnyException();
    }

    @Test
    void anAddressMayBeTheSameOnAnotherParentOrAPodsOwn() {
        uses.claim(use(ONE, ETH0, L2, "10.1.0.2"), "eth0");
        Use inPod = new Use(TWO, 4026532000L, ETH0, "l3", "bridge", List.of("10.1.0.2"));

        assertThatCode(
                        () -> {
                            uses.claim(use(TWO, ETH1, L2, "10.1.0.2"), "eth0");
                            uses.claim(inPod, "eth0");
                        })
                .doesNotThrowAnyException();
    }

    private void claim(AttachmentId id, int parent, IpvlanConfig config) {
        uses.claim(use(id, parent, config), "eth0");
    }

    private static Use use(AttachmentId id, int parent, IpvlanConfig config, String... addresses) {
        return new Use(
                id,
                0,
                parent,
                UpperLinkConfig.word(config.chosenMode()),
                UpperLinkConfig.word(config.chosenFlag()),
                List.of(addresses));
    }

    private static IpvlanConfig config(String mode, String flag) {
        return new IpvlanConfig(
                Optional.empty(), Optional.of(mode), Optional.of(flag), 0, false, false);
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
