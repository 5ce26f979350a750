package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Sixty pods that come and go by eight callers at once.
final class ManyPods {
    private static final int PODS = 60;
    private static final int CALLERS = 8;

    private ManyPods() {}

    static void comeAndGo(NodeRig rig, String network) throws Exception {
        try (RigPod first = new RigPod("first")) {
            rig.add(first, network);
            rig.del(first);
        }
        Snapshot before = rig.snapshot();
        List<RigPod> pods = IntStream.range(0, PODS).mapToObj(i -> new RigPod("p" + i)).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            each(callers, pods, pod -> rig.add(pod, network));
            assertThat(pods.stream().map(ManyPods::address)).doesNotHaveDuplicates();
            each(callers, pods, rig::del);
            each(callers, pods, ManyPods::assertEmpty);
        } finally {
            pods.forEach(RigPod::close);
        }
        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    private static void each(ExecutorService callers, List<RigPod> pods, Consumer<RigPod> call)
            throws Exception {
        List<Future<?>> calls =
                pods.stream()
                        .<Future<?>>map(pod -> callers.submit(() -> call.accept(pod)))
                        .toList();
        for (Future<?> done : calls) {
            done.get();
        }
    }

    private static String address(RigPod pod) {
        String address =
                pod.witness()
                        .json("ip", "-j", "-4", "address", "show", "dev", "eth0")
                        .findValue("local")
                        .asText();
        assertThat(address).startsWith("10.7.0.");
        return address;
    }

    private static void assertEmpty(RigPod pod) {
        assertThat(pod.witness().json("ip", "-j", "link").findValuesAsText("ifname"))
                .containsExactly("lo");
    }
}
