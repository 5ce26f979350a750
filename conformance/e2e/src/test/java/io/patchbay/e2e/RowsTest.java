package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.meta.journal.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The list of the specifications' rows and the tests that show them.
class RowsTest {
    private static final Pattern TEST = Pattern.compile("void ((?:[nc][0-9]+_)+)");

    @Test
    void every_row_has_a_test_and_every_such_test_a_row() throws IOException {
        Set<String> listed =
                Files.readAllLines(Checkout.root().resolve("conformance/rows")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .filter(number -> !number.endsWith("*"))
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<String> shown = new TreeSet<>();
        for (Path test : tests()) {
            Matcher names = TEST.matcher(Files.readString(test));
            while (names.find()) {
                shown.addAll(List.of(names.group(1).toUpperCase(Locale.ROOT).split("_")));
            }
        }

        assertThat(shown).isEqualTo(listed);
    }

    /// Other modules are built and tested meanwhile, and what they make comes and goes.
    private static List<Path> tests() throws IOException {
        return Disk.files(Checkout.root()).stream()
                .map(file -> Checkout.root().relativize(file).toString())
                .filter(file -> file.contains("/src/test/java/") && !file.contains("target/"))
                .filter(file -> file.endsWith("Test.java"))
                .map(Checkout.root()::resolve)
                .toList();
    }
}
