package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CollectingTest {
    private final World world = new World();
    private final Attacher attacher = world.attacher();

    private AttachmentPlan add(String containerId, int number) {
        AttachmentPlan plan =
                world.plan(containerId, (1 << 24) + number * 1024, List.of(List.of("vpc")));
        attacher.add(plan, world.pod(plan), World.LATER);
        return plan;
    }

    @Test
    @DisplayName("rows 66, 68, 69, 84: GC goes on after a failure and tells of all")
    void gcGoesOnAfterAFailureAndTellsOfAll() {
        add("c1", 0);
        AttachmentPlan last = add("c2", 1);
        world.failures.put("del vpc eth0 inside", CniException.tryAgain("busy"));
        world.failures.put("gc vpc 2", CniException.invalidConfig("odd"));
        world.events.clear();

        CniException told =
                catchThrowableOfType(
                        CniException.class,
                        () -> attacher.gc(_ -> false, last.attachments(), Set.of(), World.LATER));

        assertThat(told.code()).isEqualTo(Standard.TRY_AGAIN_LATER);
        assertThat(told).hasMessage("eth0 (core/n-eth0, vpc): busy; 2 more failed");
        assertThat(told.details()).isEqualTo("eth0 (core/n-eth0, vpc): busy; odd");
        assertThat(world.events)
                .containsSubsequence(
                        "del vpc eth0 inside", "del vpc eth0 inside", "gc vpc 2", "gc leases 2");
    }
}
