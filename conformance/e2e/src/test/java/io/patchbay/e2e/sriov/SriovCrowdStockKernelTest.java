package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// More pods than functions, and functions that go away under their pod.
@Tag("stock-kernel")
class SriovCrowdStockKernelTest {
    private static final int PODS = 50;
    private static final int FUNCTIONS = 14;
    private static final int RUNTIMES = 12;

    private final CardNode node = CardNode.shared();

    @Test
    void ofFiftyPodsForFourteenFunctionsFourteenGetOneAndTheOthersMayTryAgain() throws Exception {
        Snapshot before = node.snapshot();
        List<CardPod> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(node.pod("crowd-" + i, wanted(i), "\"vlan\": " + (700 + i)));
        }
        try (ExecutorService runtimes = Executors.newFixedThreadPool(RUNTIMES)) {
            List<Future<Answer>> answers =
                    pods.stream().map(pod -> runtimes.submit(pod::add)).toList();
            List<CardPod> winners = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                Answer answer = answers.get(i).get();
                assertThat(answer.code()).as(answer.output()).isIn(0, 11);
                if (answer.code() == 0) {
                    winners.add(pods.get(i));
                }
            }
            assertThat(winners).hasSize(FUNCTIONS);
            assertThat(owners(winners)).hasSize(FUNCTIONS);
            List<Future<?>> ends =
                    pods.stream().<Future<?>>map(pod -> runtimes.submit(pod::deleted)).toList();
            for (Future<?> end : ends) {
                end.get();
            }
        }
        pods.forEach(CardPod::close);
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    private static String wanted(int pod) {
        return function(pod % 2, pod / 2 % CardNode.EACH);
    }

    /// Whose namespace each function's link is in, as the kernel says.
    private static Map<String, String> owners(List<CardPod> pods) {
        return pods.stream()
                .collect(
                        Collectors.toMap(
                                pod -> pod.link("net1").path("parentdev").asText(), CardPod::name));
    }

    @Test
    void functionsThatAreTakenAwayUnderAPodAreToldByCheckAndStopNoDel() {
        try (CardPod pod = node.pod("taken", function(1, 2), "\"vlan\": 800")) {
            pod.added();
            node.shell("echo 0 > /sys/bus/pci/devices/0000:02:00.0/sriov_numvfs");
            Answer changed = pod.check();
            assertThat(changed.code()).as(changed.output()).isEqualTo(100);
            assertThat(changed.message()).contains(function(1, 2));
            pod.deleted();
            assertThat(pod.links()).containsExactly("lo");
        }
        node.shell("echo 7 > /sys/bus/pci/devices/0000:02:00.0/sriov_numvfs");
        node.awaitLinks();
        Snapshot before = node.snapshot();
        try (CardPod next = node.pod("next", function(1, 2), "\"vlan\": 801")) {
            next.added().deleted();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }
}
