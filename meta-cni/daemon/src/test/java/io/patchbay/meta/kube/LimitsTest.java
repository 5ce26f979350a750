package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static Map<String, Long> of(String spec) {
        return Limits.of(
                JsonObject.read("pod a/b", Json.decode("the spec", spec.replace('\'', '"'))));
    }

    private static String container(String limits) {
        return "{'resources': {'limits': {%s}}}".formatted(limits);
    }

    @Test
    void containers_add_up_whichever_of_them_has_a_limit() {
        assertThat(
                        of(
                                "{'containers': [{}, {'resources': null}, {'resources': {}}, %s, %s]}"
                                        .formatted(
                                                container("'a/b': '2'"),
                                                container("'a/b': 1, 'cpu': '1500m'"))))
                .isEqualTo(Map.of("a/b", 3L, "cpu", 2L));
    }

    @Test
    void halves_make_a_whole() {
        String half = container("'cpu': '500m'");
        assertThat(of("{'containers': [%s, %s]}".formatted(half, half)))
                .isEqualTo(Map.of("cpu", 1L));
    }

    @Test
    void of_init_containers_the_largest_counts_where_it_is_more() {
        assertThat(
                        of(
                                "{'initContainers': [%s, %s], 'containers': [%s]}"
                                        .formatted(
                                                container("'a/b': 2, 'c/d': 1"),
                                                container("'a/b': 4"),
                                                container("'a/b': 3, 'c/d': 2"))))
                .isEqualTo(Map.of("a/b", 4L, "c/d", 2L));
    }

    @Test
    void those_that_stay_count_beside_all_that_follow() {
        String stays = "{'restartPolicy': 'Always', 'resources': {'limits': {'a/b': 1}}}";
        assertThat(
                        of(
                                "{'initContainers': [%s, %s], 'containers': [%s]}"
                                        .formatted(
                                                stays,
                                                container("'a/b': 3"),
                                                container("'a/b': 1"))))
                .as("beside the init container that follows")
                .isEqualTo(Map.of("a/b", 4L));
        assertThat(
                        of(
                                "{'initContainers': [%s, %s], 'containers': [%s]}"
                                        .formatted(
                                                container("'a/b': 3"),
                                                stays,
                                                container("'a/b': 1"))))
                .as("not beside the one before")
                .isEqualTo(Map.of("a/b", 3L));
    }

    @Test
    void more_than_there_can_be_is_the_most_there_can_be() {
        assertThat(of("{'containers': [%s]}".formatted(container("'a/b': '1e99'"))))
                .isEqualTo(Map.of("a/b", Long.MAX_VALUE));
    }

    @Test
    void what_is_no_quantity_is_refused_with_the_way_to_it() {
        assertRefused("'a/b': 'x'", "\"x\" is no quantity, such as 2, 500m or 1Ki");
        assertRefused("'a/b': {}", "a quantity is expected, not the object {}");
    }

    private static void assertRefused(String limits, String sentence) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> of("{'containers': [{}, %s]}".formatted(container(limits))))
                .withMessage("pod a/b, key \"containers[1].resources.limits.a/b\": %s", sentence);
    }
}
