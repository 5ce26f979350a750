package io.patchbay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.NamespaceHolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class ControlPlaneLifeKernelTest {
    private NamespaceHolder namespace;
    private Place place;

    @BeforeEach
    void open() {
        namespace = Inside.namespace();
        place = Inside.of(namespace);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void closing_it_leaves_no_process_and_no_file() {
        List<String> before = children();
        Path directory;
        try (ControlPlane plane = ControlPlane.start(place)) {
            directory = plane.certificateAuthority().resolve("../..").normalize();
            assertThat(directory).isDirectoryContaining("glob:**/kube-apiserver.log");
            assertThat(children()).hasSize(before.size() + 2);
        }
        assertThat(children()).isEqualTo(before);
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void a_server_that_ends_before_it_is_ready_is_an_error_with_its_last_words() {
        List<String> before = children();
        Place broken = new Place(this::misspell, place.address());
        assertThatThrownBy(() -> ControlPlane.start(broken))
                .hasMessageStartingWith("kube-apiserver ended before it was ready")
                .hasMessageContaining("unknown flag: --no-such-flag");
        assertThat(children()).isEqualTo(before);
    }

    private List<String> misspell(List<String> command) {
        List<String> line = new ArrayList<>(place.enter().apply(command));
        if (command.getFirst().endsWith("/kube-apiserver")) {
            line.add("--no-such-flag");
        }
        return line;
    }

    private static List<String> children() {
        return ProcessHandle.current()
                .children()
                .map(child -> Long.toString(child.pid()))
                .sorted()
                .toList();
    }
}
