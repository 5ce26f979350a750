package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.run.Node.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes that no journal knows, and a delegate does.
@Timeout(300)
class HeirsTest {
    @TempDir Path directory;
    private Node node;

    @BeforeEach
    void open() {
        node = new Node(directory);
        node.pod("amf-0", "side", "");
        node.paper.inherited.add("old");
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    @Test
    void aDelReachesTheDelegateThatTookItOver() {
        assertThat(node.call("DEL", "old", "amf-0")).isEqualTo(new Answer(0, ""));
        assertThat(node.call("DEL", "old", "amf-0")).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events).containsExactly("del inherited old");
    }

    @Test
    void aSandboxOfOursIsNotAskedFor() {
        node.paper.inherited.add("c1");
        assertThat(node.call("ADD", "c1", "amf-0").code()).isZero();
        node.paper.events.clear();
        assertThat(node.call("DEL", "c1", "amf-0").code()).isZero();
        assertThat(node.paper.events).containsExactly("del net1 of c1", "del eth0 of c1");
    }

    @Test
    void aDelThatFailsIsTheRuntimesToRepeat() {
        node.paper.delFails = true;
        Answer answer = node.call("DEL", "old", "amf-0");
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.message())
                .isEqualTo(
                        "delegate paper, for container old, which another program attached: busy");
        node.paper.delFails = false;
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(node.paper.inherited).isEmpty();
    }

    @Test
    void aCheckOfItIsSuccessForAsLongAsItIsThere() {
        assertThat(node.call("CHECK", "old", "amf-0").code()).isZero();
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(node.call("CHECK", "old", "amf-0").code()).isEqualTo(3);
    }
}
