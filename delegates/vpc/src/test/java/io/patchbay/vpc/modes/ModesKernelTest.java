package io.patchbay.vpc.modes;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Each mode that every kernel has, on two nodes, beside a third one of dual stack.
@Tag("kernel")
@ParameterizedClass
@MethodSource("modes")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class ModesKernelTest implements ModeChecks {
    @TempDir static Path state;

    @Parameter @Nullable Mode mode;

    private @Nullable Landscape landscape;

    static Stream<Mode> modes() {
        return Modes.withoutVlans();
    }

    @BeforeParameterizedClassInvocation
    void open(Mode of) {
        landscape =
                Landscape.of(
                        state.resolve(of.name()),
                        new Site(of, 2),
                        new Site(of, 1),
                        new Site(Modes.REFERENCE, 1));
    }

    @Override
    public Landscape landscape() {
        return Objects.requireNonNull(landscape);
    }

    @AfterParameterizedClassInvocation
    void close() {
        landscape().close();
    }
}
