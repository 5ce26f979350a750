package io.patchbay.spi.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which links a node cannot do without.
class LifelineTest {
    private static final List<Link> LINKS =
            List.of(
                    link(1, "", 0, 0),
                    link(2, "", 5, 0),
                    link(3, "", 5, 0),
                    link(4, "", 0, 0),
                    link(5, "bond", 0, 0),
                    link(6, "vlan", 0, 5),
                    link(7, "veth", 0, 8),
                    link(8, "veth", 0, 7));

    private static Link link(int index, String kind, int master, int parent) {
        return new Link(
                index,
                "link" + index,
                kind,
                true,
                1500,
                0,
                Optional.empty(),
                some(master),
                some(parent),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static OptionalInt some(int index) {
        return index == 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    private static Set<Integer> by(int index, String destination) {
        return Lifeline.of(LINKS, List.of(Route.to(Cidr.parse(destination)).on(index)));
    }

    @Test
    void aDefaultRouteGoesByItsLinkByWhatIsBelowAndByThePortsOfThat() {
        assertThat(by(4, "0.0.0.0/0")).containsExactly(4);
        assertThat(by(5, "0.0.0.0/0")).containsExactlyInAnyOrder(5, 2, 3);
        assertThat(by(6, "::/0")).containsExactlyInAnyOrder(6, 5, 2, 3);
    }

    @Test
    void theOtherEndOfAPairIsNotBelow() {
        assertThat(by(7, "0.0.0.0/0")).containsExactly(7);
    }

    @Test
    void anotherRouteIsNoLifeline() {
        assertThat(by(4, "10.0.0.0/8")).isEmpty();
        assertThat(Lifeline.of(LINKS, List.of())).isEmpty();
    }
}
