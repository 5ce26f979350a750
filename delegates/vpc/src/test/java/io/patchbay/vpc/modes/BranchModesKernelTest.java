package io.patchbay.vpc.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The modes with branch interfaces, a node each: as they stand in the table, one of strict
/// enforcement beside one of standard. Booting takes long in the emulated machine.
@Tag("stock-kernel")
@ParameterizedClass
@MethodSource("pairs")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class BranchModesKernelTest implements ModeChecks {
    /// Those of strict branches begin at 45056.
    private static final Pattern ZONE = Pattern.compile("zone[a-z-]*=45[0-9]{3}");

    @TempDir static Path state;

    @Parameter @Nullable Pair pair;

    private @Nullable Landscape landscape;

    record Pair(Mode strict, Mode standard) {}

    static Stream<Pair> pairs() {
        List<Mode> strict = Modes.withVlans(Feature.STRICT_BRANCH);
        List<Mode> standard = Modes.withVlans(Feature.STANDARD_BRANCH);
        assertThat(strict).hasSameSizeAs(standard);
        return Stream.iterate(0, i -> i < strict.size(), i -> i + 1)
                .map(i -> new Pair(strict.get(i), standard.get(i)));
    }

    @BeforeParameterizedClassInvocation
    void open(Pair of) {
        landscape =
                Landscape.of(
                        state.resolve(of.strict.name()),
                        new Site(of.strict, 2),
                        new Site(of.standard, 1));
    }

    @Override
    public Landscape landscape() {
        return Objects.requireNonNull(landscape);
    }

    @AfterParameterizedClassInvocation
    void close() {
        landscape().close();
    }

    @Test
    void callsOfAStrictPodAreTrackedInAZoneOfItsOwn() {
        ModePod strict = landscape().pods().getFirst();
        End pod = strict.ends().getFirst();
        Trial trial = new Trial(landscape());
        landscape().nodeEnds(strict.node()).forEach(node -> trial.run(node, pod));
        assertThat(trial.surprises()).isEmpty();
        assertThat(strict.node().rig().witness().run("cat", "/proc/net/nf_conntrack").lines())
                .filteredOn(entry -> entry.contains("dport=" + Place.OPEN + " "))
                .anyMatch(entry -> ZONE.matcher(entry).find())
                .anyMatch(entry -> !ZONE.matcher(entry).find());
    }
}
