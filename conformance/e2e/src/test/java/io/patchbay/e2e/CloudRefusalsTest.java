package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.spi.net.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the cloud can refuse a node: an ADD is answered with 11 and the reason, STATUS with 50, and
/// nothing is half attached.
@Tag("kernel")
@Timeout(600)
class CloudRefusalsTest {
    private static final int OFTEN = 1000;

    @TempDir private Path work;

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas that hold nothing.
    enum Trouble {
        SUBNET_FULL(CloudRefusalsTest::fill, "", "subnet", "SubnetExhausted"),
        WRONG_REGION(_ -> {}, "region: us-west-1", "\"region\"", "Ec2Denies"),
        CREDENTIALS_EXPIRED(
                vpc -> vpc.faults().set(Weather.FAIR.credentialsExpired(true)),
                "",
                "credentials",
                "Ec2Denies"),
        METADATA_DENIES(
                vpc -> vpc.metadata().fail("/latest/", 401, OFTEN),
                "",
                "instance metadata service",
                "Ec2Denies"),
        METADATA_FAILS(
                vpc -> vpc.metadata().fail("/latest/", 503, OFTEN),
                "",
                "instance metadata service",
                "Ec2Unreachable"),
        EC2_ANSWERS_GARBAGE(
                vpc -> vpc.faults().next("DescribeInstanceTypes", OFTEN, new Fault.Garble()),
                "",
                "is not what it answers",
                "Ec2Refuses"),
        NOBODY_KNOWS_THE_TYPE(
                vpc ->
                        vpc.faults()
                                .next(
                                        "DescribeInstanceTypes",
                                        OFTEN,
                                        new Fault.Refuse(
                                                400,
                                                "InvalidInstanceType",
                                                "The following supplied instance types do not exist: [m5.large]")),
                "",
                "m5.large",
                "Ec2Refuses");

        private final Consumer<SimulatedVpc> cause;
        private final String settings;
        private final String words;
        private final String reason;

        /// @param words of the answer
        /// @param reason of the node's condition
        Trouble(Consumer<SimulatedVpc> cause, String settings, String words, String reason) {
            this.cause = cause;
            this.settings = settings;
            this.words = words;
            this.reason = reason;
        }
    }

    /// Leaves the subnet nothing to give.
    private static void fill(SimulatedVpc vpc) {
        Cidr subnet = vpc.subnets().getFirst().cidr();
        vpc.run("other", "m5.24xlarge", subnet, 9);
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerSaysWhyAndNothingIsHalfAttached(Trouble trouble) {
        try (SimulatedVpc vpc =
                        SimulatedVpc.open(
                                Layout.of("10.0.0.0/16")
                                        .subnet("10.0.0.0/28")
                                        .instanceType("m5.large"));
                CloudNode node = new CloudNode("one", work)) {
            node.boot(vpc, 0, "", trouble.settings);
            trouble.cause.accept(vpc);
            try (DaemonProcess daemon = node.start();
                    PodNetns netns = node.netns("p")) {
                node.manifest("p");
                List<String> before = node.witness().run("ip", "rule").lines().toList();

                Answer answer = node.call("ADD", "p", "p", netns);

                assertThat(answer.code()).as(answer.output()).isEqualTo(11);
                assertThat(answer.message()).contains(trouble.words);
                Answer status = node.status();
                assertThat(status.code()).as(status.output()).isEqualTo(50);
                assertThat(status.message()).contains(trouble.words);
                daemon.awaitLine(
                        "condition VpcAddressesAvailable is false (%s)".formatted(trouble.reason));
                assertThat(node.witness().run("ip", "rule").lines().toList()).isEqualTo(before);
                assertThat(netns.run("ip", "-o", "link").lines()).hasSize(1);
                assertThat(node.call("DEL", "p", "p", netns).status()).isZero();
                assertThat(daemon.stop()).isZero();
            }
        }
    }
}
