package io.patchbay.examples.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The forwarder over two ports that invent what they receive.
@NeedsDpdk
class L2fwdTest {
    private static final String TOTAL = "^net_null%d: received (\\d+), sent (\\d+), dropped 0 in ";

    /// Some packets were forwarded in the second before.
    private static final Pattern RATE =
            Pattern.compile("net_null1 .* rx +([0-9,]+) pps +tx +([0-9,]+) pps +dropped +0 pps");

    private static boolean isBusy(Matcher rate) {
        return !rate.group(1).equals("0") && !rate.group(2).equals("0");
    }

    @Test
    void whatOnePortReceivesTheOtherSends() throws Exception {
        try (Child l2fwd = Child.example("l2fwd", "--stats", "1", "--json")) {
            l2fwd.await(RATE, L2fwdTest::isBusy);
            l2fwd.terminate().awaitEnd(0);

            Matcher first = l2fwd.await(TOTAL.formatted(0));
            Matcher second = l2fwd.await(TOTAL.formatted(1));
            assertThat(first.group(1)).isEqualTo(second.group(2)).isNotEqualTo("0");
            assertThat(second.group(1)).isEqualTo(first.group(2)).isNotEqualTo("0");
            long sum = Long.parseLong(first.group(1)) + Long.parseLong(second.group(1));
            l2fwd.await(
                    "^\\{\"burst\":32,\"seconds\":[0-9.]+,\"rx\":%d,\"tx\":%d,\"ports\":\\[\\{\"port\":\"net_null0\""
                            .formatted(sum, sum));
        }
    }

    @Test
    void aThreadForEachDirectionForwardsToo() throws Exception {
        try (Child l2fwd = Child.example("l2fwd", "--stats", "1", "--threads", "--burst", "64")) {
            l2fwd.await(RATE, L2fwdTest::isBusy);
            l2fwd.terminate().awaitEnd(0);
        }
    }

    @Test
    void framesToAPeerAreForwarded() throws Exception {
        try (Child l2fwd =
                Child.example("l2fwd", "--stats", "1", "--peer", "net_null1=02:00:00:00:00:01")) {
            l2fwd.await(RATE, L2fwdTest::isBusy);
            l2fwd.terminate().awaitEnd(0);
        }
    }

    @Test
    void itEndsByItselfWhenTheTimeIsUp() throws Exception {
        try (Child l2fwd = Child.example("l2fwd", "--seconds", "1")) {
            l2fwd.awaitEnd(0).await(TOTAL.formatted(1));
        }
    }

    @Test
    void aPeerBehindAPortThatIsNotThereIsRefused() throws Exception {
        try (Child l2fwd = Child.example("l2fwd", "--peer", "7=02:00:00:00:00:01")) {
            l2fwd.awaitEnd(1)
                    .await("^There is no port '7': there are \\[net_null0, net_null1\\]\\.$");
        }
    }

    @Test
    void dpdkWithoutAPortIsRefused() throws Exception {
        String[] words = ("l2fwd -- " + EalArguments.NO_HARDWARE).split(" ");
        try (Child l2fwd = Child.example(words)) {
            l2fwd.awaitEnd(1).await("^DPDK found no port: name one behind --");
        }
    }
}
