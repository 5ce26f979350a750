package io.patchbay.meta.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class ManifestReaderFuzzTest {
    @FuzzTest
    void any_file_is_read_and_what_is_wrong_in_it_has_a_line_and_a_sentence(byte[] input) {
        Manifest manifest = ManifestReader.read("odd.yaml", new String(input, UTF_8));
        for (Problem problem : manifest.problems()) {
            assertThat(problem.line()).isPositive();
            assertThat(problem.sentence()).isNotBlank();
        }
        manifest.pods().forEach(pod -> assertThat(pod.ref().name()).isNotEmpty());
        manifest.networks().forEach(network -> assertThat(network.name()).isNotEmpty());
        manifest.namespaces().forEach(namespace -> assertThat(namespace.name()).isNotEmpty());
    }
}
