package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.desk.Metrics;
import org.junit.jupiter.api.Test;

class RequestMetersTest {
    private final Metrics metrics = new Metrics();
    private final RequestMeters meters = new RequestMeters(metrics.of(RequestMeters.TYPE));

    @Test
    void timesShorterThanAMillisecondAddUp() {
        for (int n = 0; n < 5; n++) {
            meters.count("STATUS", 50, 400_000);
        }
        meters.count("ADD", 0, 7_999_999);
        assertThat(metrics.text())
                .isEqualTo(
                        """
                        # TYPE patchbay_cni_request_milliseconds_total counter
                        patchbay_cni_request_milliseconds_total{command="ADD"} 7
                        patchbay_cni_request_milliseconds_total{command="STATUS"} 2
                        # TYPE patchbay_cni_requests_total counter
                        patchbay_cni_requests_total{command="ADD",code="0"} 1
                        patchbay_cni_requests_total{command="STATUS",code="50"} 5
                        """);
    }
}
