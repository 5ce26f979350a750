package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The group PROVIDER: how a delegate is found, made, started and closed.
public interface ProviderRules<C extends Record> extends Rules {
    /// How long a thread may take to end that was told to.
    Duration END = Duration.ofSeconds(10);

    DelegateProvider<C> provider();

    /// A node with what {@link io.patchbay.kit.DelegateConformance#prepare} lays, and no delegate.
    NodeRig bareNode();

    @Test
    default void provider101_isFoundByServiceLoader() {
        assertThat(
                        ServiceLoader.load(
                                DelegateProvider.class, provider().getClass().getClassLoader()))
                .extracting(found -> found.getClass().getName())
                .contains(provider().getClass().getName());
    }

    @Test
    default void provider102_hasATypeThatCniAllows() {
        assertThat(provider().type())
                .matches("[A-Za-z0-9][A-Za-z0-9_.-]*")
                .isEqualTo(provider().type());
    }

    @Test
    default void provider103_isBuiltAgainstTheSpiOfTheKit() {
        assertThat(provider().spiVersion()).isEqualTo(Spi.VERSION);
    }

    @Test
    default void provider104_hasARecordThatJsonCanFill() {
        assertThat(JsonKinds.unfit(provider().configType())).isEmpty();
    }

    @Test
    default void provider105_changesNothingOnCreation() {
        try (NodeRig node = bareNode()) {
            Snapshot before = node.snapshot();
            try (Delegates _ = node.load(List.of(provider()))) {
                assertThat(node.snapshot().since(before)).isEmpty();
            }
        }
    }

    @Test
    default void provider106_leavesNoThreadBehind() throws InterruptedException {
        try (NodeRig node = bareNode()) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (Delegates delegates = node.load(List.of(provider()))) {
                delegates.start();
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (!before.contains(thread) && ownGroup().equals(thread.getThreadGroup())) {
                    assertThat(thread.join(END)).as("%s has ended", thread).isTrue();
                }
            }
        }
    }

    /// The JVM's own threads, which come and go, are in another group.
    private static ThreadGroup ownGroup() {
        return Thread.currentThread().getThreadGroup();
    }

    @Test
    default void provider107_startsTwiceAsOnce() {
        try (NodeRig node = bareNode()) {
            start(node);
            Snapshot once = node.snapshot();
            start(node);
            assertThat(node.snapshot().since(once)).isEmpty();
        }
    }

    private void start(NodeRig node) {
        try (Delegates delegates = node.load(List.of(provider()))) {
            delegates.start();
        }
    }
}
