package io.patchbay.meta.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource({
        "abc-1.2_3, abc-1.2_3",
        "0000:01:10.0, 0000:01:10.0",
        ".., %2E.",
        "a/b, a%2Fb",
        ".hidden, %2Ehidden",
        "'', %",
        "50%, 50%25",
        "é, %C3%A9",
        "a~b, a%7Eb",
    })
    void unsafe_characters_are_escaped(String key, String name) {
        assertThat(FileName.of(key)).isEqualTo(name);
    }

    @Test
    void a_long_key_is_cut_and_still_unlike_its_neighbours() {
        String key = "k".repeat(300);

        List<String> names = List.of(FileName.of(key), FileName.of(key + "k"));

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() == 200);
    }
}
