package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sixty pods that come and go by eight callers.
@Tag("kernel")
class CrowdedBridgeKernelTest {
    private static final int CALLERS = 8;
    private static final int PODS = 60;

    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new BridgeProvider(), new PtpProvider());
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    /// A bridge that is removed comes and goes all the while.
    @ParameterizedTest
    @CsvSource({
        "bridge, '\"isGateway\": true, \"ipMasq\": true, \"macspoofchk\": true'",
        "bridge, '\"isGateway\": true, \"removeWithLastPort\": true'",
        "ptp,    '\"ipMasq\": true'",
    })
    void sixtyPodsByEightCallersLeaveNothing(String type, String keys) throws Exception {
        String network =
                Networks.dualStack(rig.leases(), keys).replace("\"bridge\"", '"' + type + '"');
        comeAndGo(new RigPod("first"), network);
        Snapshot before = rig.snapshot();

        List<RigPod> pods = IntStream.range(0, PODS).mapToObj(i -> new RigPod("p" + i)).toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> calls =
                    pods.stream()
                            .<Future<?>>map(pod -> callers.submit(() -> comeAndGo(pod, network)))
                            .toList();
            await(calls);
        }

        assertThat(rig.snapshot().since(before)).isEmpty();
    }

    private static void await(List<Future<?>> calls)
            throws InterruptedException, ExecutionException {
        for (Future<?> call : calls) {
            call.get();
        }
    }

    private void comeAndGo(RigPod pod, String network) {
        try (pod) {
            rig.add(pod, network);
            rig.check(pod);
            rig.del(pod);
        }
    }
}
