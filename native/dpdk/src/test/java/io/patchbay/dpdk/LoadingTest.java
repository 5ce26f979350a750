package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the library gets from the jar into a process.
@NeedsDpdk
class LoadingTest {
    @TempDir Path directory;

    @Test
    void nothingIsLeftOfTheUnpackedLibrary() {
        assertThat(answer("-Djava.io.tmpdir=" + directory))
                .startsWith("is Available[version=DPDK ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsNamed() {
        assertThat(answer("-Djava.io.tmpdir=/nonexistent"))
                .startsWith("is Off[why=DPDK is off, for libpatchbay-dpdk.so cannot be unpacked")
                .contains("java.io.tmpdir /nonexistent");
    }

    @Test
    void aProcessWithAnotherReleaseOfDpdkIsOff() throws Exception {
        Path code =
                Files.writeString(
                        directory.resolve("version.c"),
                        "const char *rte_version(void); const char *rte_version(void) { return \"DPDK 99.11.0\"; }");
        Path library = directory.resolve("libversion.so");
        assertThat(
                        new ProcessBuilder(
                                        "gcc",
                                        "-shared",
                                        "-fPIC",
                                        code.toString(),
                                        "-o",
                                        library.toString())
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
        String preloaded =
                Optional.ofNullable(System.getenv("LD_PRELOAD")).map(all -> all + ":").orElse("");
        List<String> command = new ArrayList<>(List.of("env", "LD_PRELOAD=" + preloaded + library));
        command.addAll(ChildJvm.command(PrintAvailability.class, List.of(), List.of()));
        try (ChildJvm child = ChildJvm.start(command)) {
            assertThat(child.line("is "))
                    .startsWith(
                            "is Off[why=DPDK is off, for this machine has DPDK 99.11.0 and this build is for");
        }
    }

    private static String answer(String option) {
        // The jar's own, not one that is named.
        List<String> command =
                ChildJvm.command(PrintAvailability.class, List.of(option), List.of()).stream()
                        .filter(word -> !word.startsWith("-Dpatchbay.dpdk.library="))
                        .toList();
        try (ChildJvm child = ChildJvm.start(command)) {
            return child.line("is ");
        }
    }
}
