package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hundreds of pods come and go while EC2 fails and the controller is restarted.
class ChurnTest {
    private static final int ROUNDS = 60;
    private static final int MOST = 12;
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final List<String> CALLS =
            List.of(
                    "CreateNetworkInterface",
                    "AssociateTrunkInterface",
                    "DisassociateTrunkInterface",
                    "DeleteNetworkInterface",
                    "ModifyNetworkInterfaceAttribute",
                    "AttachNetworkInterface",
                    "DescribeNetworkInterfaces",
                    "DescribeTrunkInterfaceAssociations");

    @ParameterizedTest(name = "seed {0}, warm branches: {1}")
    @CsvSource({"1,0", "2,3"})
    void everyPodHasOneBranchAndEveryBranchOnePodAtTheEnd(long seed, int warm) {
        Random random = new Random(seed);
        try (TestRegion region = new TestRegion()) {
            region.settings(TestRegion.SETTINGS.warm(warm));
            NODES.forEach(node -> region.node(node, "m5.2xlarge"));
            List<String> live = new ArrayList<>();
            int made = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = random.nextInt(MOST); i > 0 && live.size() < 90; i--) {
                    region.pod("db-" + made, NODES.get(random.nextInt(NODES.size())));
                    live.add("db-" + made++);
                }
                for (int i = random.nextInt(MOST); i > 0 && !live.isEmpty(); i--) {
                    region.delete(live.remove(random.nextInt(live.size())));
                }
                misfortune(region, random);
                region.work(Duration.ofSeconds(random.nextInt(30)));
            }
            region.faults.clear();
            region.settings(TestRegion.SETTINGS);
            region.work(Duration.ofMinutes(6));
            region.assertThatPodsAndBranchesAgree();
            assertThat(made).isGreaterThan(200);
        }
    }

    private static void misfortune(TestRegion region, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            region.faults.next(CALLS.get(random.nextInt(CALLS.size())), 1, fault(random));
        }
        if (random.nextInt(5) == 0) {
            region.faults.set(
                    Weather.FAIR
                            .lag(Duration.ofSeconds(random.nextInt(5)))
                            .limit(Weather.ALL, 20, 4));
        }
        if (random.nextInt(8) == 0) {
            region.restart();
        }
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Fault.Lose();
            case 1 -> new Fault.Garble();
            case 2 -> Fault.internalError();
            default -> new Fault.Refuse(503, "RequestLimitExceeded", "Request limit exceeded.");
        };
    }
}
