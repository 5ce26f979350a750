package io.patchbay.vpc.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModesTableTest {
    @Test
    void theReadmeHasTheTableOfModes() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme).as("`make modes` writes it").isEqualTo(ModesTable.writtenInto(readme));
    }

    @Test
    void eachModeHasANameOfItsOwnAndSaysForWhomItIs() {
        assertThat(Modes.ALL).extracting(Mode::name).doesNotHaveDuplicates();
        assertThat(Modes.ALL).extracting(Mode::features).doesNotHaveDuplicates();
        assertThat(Modes.ALL).allMatch(mode -> mode.sentence().endsWith("."));
    }
}
