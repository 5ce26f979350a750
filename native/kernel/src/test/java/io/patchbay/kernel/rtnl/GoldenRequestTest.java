package io.patchbay.kernel.rtnl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.spi.net.Change;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every change, as a message, against what ip(8) sends for the same; where it has no word for it,
/// against what the capture spells out and the kernel took.
class GoldenRequestTest {
    /// Lines that differ on purpose.
    ///
    /// @param theirs what only ip sends
    /// @param ours what only we send
    private record Difference(String reason, List<String> theirs, List<String> ours) {}

    private static final String FLAGS_APART =
            "IFA_F_NODAD goes into the attribute, which alone has room for every flag";

    private static final Map<String, Difference> WANTED =
            Map.of(
                    "add-address-v6",
                    new Difference(
                            FLAGS_APART,
                            List.of("fixed = 0a4002000a000000"),
                            List.of("fixed = 0a4000000a000000", "8 = 02000000")),
                    "delete-neighbour",
                    new Difference(
                            "a state plays no part in a deletion (neigh_delete)",
                            List.of("fixed = 020000000a00000080000000"),
                            List.of("fixed = 020000000a00000000000000")),
                    "delete-rule",
                    new Difference(
                            "a rule that looks no table up is not to be deleted for one that does",
                            List.of("fixed = 020020000000000000000000"),
                            List.of("fixed = 020020000000000100000000")));

    static List<Golden> goldens() {
        return Golden.requests();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aChangeIsTheMessageThatIpSends(Golden golden) {
        Change change = requireNonNull(GoldenChanges.ALL.get(golden.name()), golden.command());
        NavigableSet<String> expected = new TreeSet<>(WireTree.of(golden.octets()));
        Difference wanted = WANTED.get(golden.name());
        if (wanted != null) {
            assertThat(expected).as(wanted.reason()).containsAll(wanted.theirs());
            wanted.theirs().forEach(expected::remove);
            expected.addAll(wanted.ours());
        }
        assertThat(WireTree.of(written(change)))
                .as(golden.command())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyKindOfChangeHasAGolden() {
        assertThat(
                        GoldenChanges.ALL.values().stream()
                                .map(Object::getClass)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
        assertThat(goldens().stream().map(Golden::name))
                .containsExactlyInAnyOrderElementsOf(GoldenChanges.ALL.keySet());
    }

    private static byte[] written(Change change) {
        try (MessageWriter writer = new MessageWriter(7)) {
            Requests.write(writer, change);
            ByteBuffer octets = writer.finish();
            byte[] copy = new byte[octets.remaining()];
            octets.get(copy);
            return copy;
        }
    }
}
