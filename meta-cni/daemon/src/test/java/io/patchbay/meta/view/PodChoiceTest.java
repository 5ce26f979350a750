package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodChoiceTest {
    private static final List<Sandbox> ALL =
            List.of(
                    Views.sandbox("e5f6", "edge", "amf-0"),
                    Views.sandbox("e5f7", new PodRef("", "", ""), List.of()),
                    Views.sandbox("a1b2", "core", "amf-0"),
                    Views.sandbox("a1b3", "core", "smf-0"),
                    Views.sandbox("c3d4", "core", "smf-0"));

    private static List<String> found(String word) {
        return PodChoice.find(word, ALL).stream().map(one -> one.plan().containerId()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "core/amf-0,a1b2",
        "edge/amf-0,e5f6",
        "smf-0,a1b3 c3d4",
        "e5f7,e5f7",
        "a1b2,a1b2",
        "c3,c3d4"
    })
    void aPodIsMeantByItsNameOrByTheBeginningOfAContainersId(String word, String containers) {
        assertThat(found(word)).containsExactly(containers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"amf-0,core/amf-0 edge/amf-0", "a1b,core/amf-0 core/smf-0", "e5,e5f7 edge/amf-0"})
    void whatMayBeSeveralListsThem(String word, String names) {
        assertThatThrownBy(() -> found(word))
                .hasMessage("\"%s\" may be any of %s: name one", word, names.replace(" ", ", "));
    }

    @Test
    void aPodThatIsNotThereIsToldWithTheNearest() {
        assertThatThrownBy(() -> found("amf-1"))
                .hasMessage(
                        "there is no pod \"amf-1\" on this node, nor a container whose id begins"
                                + " so: nearest are core/amf-0, edge/amf-0, core/smf-0");
        assertThatThrownBy(() -> PodChoice.find("amf-1", List.of()))
                .hasMessageEndingWith(": nothing is attached");
        assertThatThrownBy(() -> found("-")).hasMessageContaining("there is no pod \"-\"");
    }

    @Test
    void theyAreOrderedByPodAndThenByContainer() {
        assertThat(PodChoice.ordered(ALL))
                .extracting(one -> one.plan().containerId())
                .containsExactly("e5f7", "a1b2", "a1b3", "c3d4", "e5f6");
    }
}
