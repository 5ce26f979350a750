package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Witness;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rest of the groups ADD and DEL: what a delegate in process does with the links that it
/// makes. A link that was on the node before, and is in the pod now, was moved and not made.
public interface OwnLinkRules extends Rules {
    /// How many indexes are reserved for the attachments of a sandbox.
    int RESERVED = 1024;

    @Test
    default void add305_marksItsLinksWithTheGroupOfTheSandbox() {
        candidate().settled();
        try (RigPod pod = new RigPod("add-305")) {
            List<LinkState> made = made(pod);
            String group = Integer.toString(candidate().rig().number(pod));
            assertThat(made)
                    .as("links that the ADD made, of group %s", group)
                    .allMatch(link -> link.group().equals(group));
        }
    }

    @Test
    default void add306_makesItsLinksWithReservedIndexes() {
        candidate().settled();
        try (RigPod pod = new RigPod("add-306")) {
            List<LinkState> made = made(pod);
            int first = candidate().rig().number(pod);
            assertThat(made)
                    .as("links that the ADD made, of index %d or some more", first)
                    .allMatch(link -> link.index() >= first && link.index() < first + RESERVED);
        }
    }

    @Test
    default void del507_leavesANamesakeAlone() {
        candidate().settled();
        try (RigPod pod = new RigPod("del-507")) {
            candidate().add(pod);
            pod.witness().run("ip", "link", "set", "eth0", "down");
            pod.witness().run("ip", "link", "set", "eth0", "name", "was0");
            pod.witness().run("ip", "link", "add", "eth0", "type", "bridge");
            candidate().rig().del(pod);
            assertThat(LinkState.in(pod.witness()))
                    .as("links of the pod, where somebody else made an eth0")
                    .extracting(LinkState::name)
                    .containsExactlyInAnyOrder("lo", "eth0");
        }
    }

    private List<LinkState> made(RigPod pod) {
        Witness node = candidate().rig().witness();
        Set<Integer> before = indexes(LinkState.in(node));
        candidate().add(pod);
        List<LinkState> onNode = LinkState.in(node);
        Set<Integer> moved = new HashSet<>(before);
        moved.removeAll(indexes(onNode));
        return Stream.concat(
                        onNode.stream().filter(link -> !before.contains(link.index())),
                        LinkState.in(pod.witness()).stream()
                                .filter(link -> !link.name().equals("lo"))
                                .filter(link -> !moved.contains(link.index())))
                .toList();
    }

    private static Set<Integer> indexes(List<LinkState> links) {
        return links.stream().map(LinkState::index).collect(Collectors.toSet());
    }
}
