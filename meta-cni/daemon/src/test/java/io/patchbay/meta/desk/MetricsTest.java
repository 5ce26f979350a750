package io.patchbay.meta.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchbay.meta.socket.Await;
import io.patchbay.spi.Meters;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class MetricsTest {
    private final Metrics metrics = new Metrics(Duration.ofSeconds(20));

    @Test
    void allTypesStandInOneTextMetricByMetric() {
        AtomicLong free = new AtomicLong(1);
        metrics.of("vpc").gauge("addresses", free::get, "state", "free");
        metrics.of("vpc").gauge("addresses", () -> 2, "state", "assigned");
        metrics.of("vpc")
                .count("ec2_calls", 1, "action", "AssignPrivateIpAddresses", "outcome", "done");
        metrics.of("vpc")
                .count("ec2_calls", 2, "action", "AssignPrivateIpAddresses", "outcome", "done");
        metrics.of("vpc")
                .count("ec2_calls_total", 4, "action", "AttachNetworkInterface", "outcome", "done");
        metrics.of("host-device").count("moved", 0);
        free.set(253);

        assertThat(metrics.text())
                .isEqualTo(
                        """
                        # TYPE patchbay_host_device_moved_total counter
                        patchbay_host_device_moved_total 0
                        # TYPE patchbay_vpc_addresses gauge
                        patchbay_vpc_addresses{state="assigned"} 2
                        patchbay_vpc_addresses{state="free"} 253
                        # TYPE patchbay_vpc_ec2_calls_total counter
                        patchbay_vpc_ec2_calls_total{action="AssignPrivateIpAddresses",outcome="done"} 3
                        patchbay_vpc_ec2_calls_total{action="AttachNetworkInterface",outcome="done"} 4
                        """);
    }

    @Test
    void nothingCountedIsNothingTold() {
        Meters _ = metrics.of("vpc");
        assertThat(metrics.text()).isEmpty();
    }

    @Test
    void aLabelsValueIsEscaped() {
        metrics.of("vpc").count("odd", 1, "value", "a\\b\"c\nd");
        assertThat(metrics.text().lines())
                .containsExactly(
                        "# TYPE patchbay_vpc_odd_total counter",
                        "patchbay_vpc_odd_total{value=\"a\\\\b\\\"c\\nd\"} 1");
    }

    @Test
    void aGaugeThatThrowsIsLeftOutAndSaidSo() {
        metrics.of("vpc")
                .gauge(
                        "broken",
                        () -> {
                            throw new IllegalStateException("a screw\nis loose");
                        },
                        "part",
                        "1");
        metrics.of("vpc").gauge("fine", () -> 7);
        assertThat(metrics.text())
                .isEqualTo(
                        """
                        # TYPE patchbay_vpc_fine gauge
                        patchbay_vpc_fine 7
                        # patchbay_vpc_broken{part="1"} is left out: java.lang.IllegalStateException: a screw is loose
                        """);
    }

    @Test
    void gaugesThatHangKeepNoCounterAndNoOtherTypeBackAndOneThreadOnly() {
        Metrics impatient = new Metrics(Duration.ofMillis(50));
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        impatient.of("deaf").count("calls", 1);
        impatient
                .of("deaf")
                .gauge(
                        "length",
                        () -> {
                            int _ = asked.incrementAndGet();
                            awaitWhateverComes(never);
                            return 0;
                        });
        for (int n = 0; n < 3; n++) {
            assertThat(impatient.text())
                    .contains("patchbay_deaf_calls_total 1\n")
                    .contains("# delegate deaf did not tell its gauges within 50 ms\n");
        }
        Await.until("its thread has begun", () -> asked.get() > 0);
        assertThat(asked).hasValue(1);
        never.countDown();
    }

    private static void awaitWhateverComes(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                over = false;
            }
        }
    }

    @Test
    void whatIsWrongWithAMeterIsToldWhereItIsUsed() {
        Meters vpc = metrics.of("vpc");
        assertThatIllegalArgumentException().isThrownBy(() -> vpc.count("a-b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> vpc.gauge("a", () -> 1, "b"));
        assertThat(metrics.text()).isEmpty();
    }

    @Test
    void aGaugeOfTheSameNameTakesThePlaceOfTheOneBefore() {
        metrics.of("vpc").gauge("a", () -> 1, "b", "c");
        metrics.of("vpc").gauge("a", () -> 2, "b", "c");
        assertThat(metrics.text()).endsWith("\npatchbay_vpc_a{b=\"c\"} 2\n");
    }
}
