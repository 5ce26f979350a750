package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process without DPDK, or with another than ours, is told so and goes on.
class AvailabilityTest {
    @TempDir Path directory;

    @Test
    void withoutTheLibraryDpdkIsOff() {
        assertThat(answer(List.of(), List.of("-Dpatchbay.dpdk.library=/nonexistent/libx.so")))
                .startsWith("is Off[why=DPDK is off, for its library cannot be loaded (")
                .contains("/nonexistent/libx.so")
                .contains("install libdpdk-dev");
    }

    @Test
    void withoutTheLibrariesOfDpdkItIsOff() throws Exception {
        Path theirs =
                compile("librte_eal.so.99", "int rte_absent;", "-Wl,-soname,librte_eal.so.99");
        Path ours = compile("libours.so", "int ours;", "-Wl,--no-as-needed", theirs.toString());
        Files.delete(theirs);

        assertThat(answer(List.of(), List.of("-Dpatchbay.dpdk.library=" + ours)))
                .contains("librte_eal.so.99: cannot open shared object file")
                .contains("install libdpdk-dev");
    }

    @Test
    void aLibraryThatIsNotOursIsOff() throws Exception {
        Path other = compile("libother.so", "int other;");
        assertThat(answer(List.of(), List.of("-Dpatchbay.dpdk.library=" + other)))
                .startsWith("is Off[why=DPDK is off, for its library cannot be loaded (");
    }

    @Test
    void anotherReleaseOfDpdkIsNotForUs() {
        assertThat(NativeLibrary.compare("DPDK 22.11.5", "DPDK 22.11"))
                .isEqualTo(new Availability.Available("DPDK 22.11.5"));
        assertThat(NativeLibrary.compare("DPDK 22.11", "DPDK 22.11"))
                .isEqualTo(new Availability.Available("DPDK 22.11"));
        assertThat(NativeLibrary.compare("DPDK 23.07.0", "DPDK 22.11"))
                .isEqualTo(
                        new Availability.Off(
                                "DPDK is off, for this machine has DPDK 23.07.0 and this build is for DPDK 22.11: build native/dpdk against the DPDK of the machine."));
    }

    @Test
    void aBuildWithoutTheLibraryIsOff() throws Exception {
        Path classes =
                Path.of(Dpdk.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path copy = Files.createDirectories(directory.resolve("classes/io/patchbay/dpdk"));
        try (Stream<Path> files = Files.list(classes.resolve("io/patchbay/dpdk"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.copy(
                Path.of(PrintAvailability.class.getResource("PrintAvailability.class").toURI()),
                copy.resolve("PrintAvailability.class"));

        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-cp", directory.resolve("classes").toString()));
        command.add(PrintAvailability.class.getName());
        try (ChildJvm child = ChildJvm.start(command)) {
            assertThat(child.line("is "))
                    .startsWith("is Off[why=DPDK is off, for this build has no linux-")
                    .contains("libdpdk-dev and pkg-config");
        }
    }

    @Test
    void withoutTheHeadersTheBuildSaysInOneLineWhatIsOff() throws Exception {
        ProcessBuilder make = new ProcessBuilder("make", "-s", "all", "sanitized");
        make.environment().put("PKG_CONFIG_LIBDIR", "/nonexistent");
        Process process = make.redirectErrorStream(true).start();

        assertThat(process.inputReader().lines())
                .containsExactly(
                        "patchbay-dpdk is built without its library, so DPDK is off: install libdpdk-dev and pkg-config to have it.");
        assertThat(process.waitFor()).isZero();
    }

    private static String answer(List<String> before, List<String> options) {
        List<String> command = new ArrayList<>(before);
        command.addAll(ChildJvm.command(PrintAvailability.class, options, List.of()));
        try (ChildJvm child = ChildJvm.start(command)) {
            String answer = child.line("is ");
            assertThat(child.line("errno")).isEqualTo("errno 38");
            return answer;
        }
    }

    private Path compile(String name, String source, String... options)
            throws IOException, InterruptedException {
        Path code = Files.writeString(directory.resolve(name + ".c"), source);
        Path library = directory.resolve(name);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "gcc",
                                "-shared",
                                "-fPIC",
                                code.toString(),
                                "-o",
                                library.toString()));
        command.addAll(List.of(options));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return library;
    }
}
