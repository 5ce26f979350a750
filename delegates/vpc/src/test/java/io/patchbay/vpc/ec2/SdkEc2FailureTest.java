package io.patchbay.vpc.ec2;

import static io.patchbay.vpc.ec2.ScriptedEc2.SILENCE;
import static io.patchbay.vpc.ec2.ScriptedEc2.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.imds.ScriptedImds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkEc2FailureTest {
    private static final Creation WANTED =
            new Creation(
                    "t", "subnet-a", List.of(), "", Map.of(), Optional.empty(), Order.prefixes(1));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ASSIGN = "AssignPrivateIpAddresses";

    private final ScriptedImds imds = Role.served();
    private final ScriptedEc2 server = new ScriptedEc2();

    @AfterEach
    void close() {
        server.close();
        imds.close();
    }

    @ParameterizedTest
    @CsvSource({
        "503, RequestLimitExceeded, THROTTLED",
        "400, InsufficientFreeAddressesInSubnet, SUBNET_FULL",
        "400, InsufficientCidrBlocks, SUBNET_FRAGMENTED",
        "400, PrivateIpAddressLimitExceeded, ENI_FULL",
        "400, AttachmentLimitExceeded, INSTANCE_FULL",
        "400, InvalidNetworkInterfaceID.NotFound, NOT_FOUND",
        "400, IncorrectState, BUSY",
        "403, UnauthorizedOperation, DENIED",
        "400, RequestExpired, DENIED",
        "500, InternalError, SILENT",
        "503, Unavailable, SILENT",
        "400, UnsupportedOperation, REFUSED",
        "400, NobodyKnows, REFUSED",
        "502, NobodyKnows, SILENT"
    })
    void aCodeTellsTheReasonAndIsAskedOnce(int status, String code, Reason reason) {
        server.refuse(ASSIGN, status, code, "the words");
        CloudException refusal = assign(PATIENCE);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal)
                .hasMessageContaining(ASSIGN)
                .hasMessageContaining("eni-1")
                .hasMessageContaining(code)
                .hasMessageContaining("the words")
                .hasMessageContaining("r-2");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whatIsNotAllowedNamesThePermission() {
        server.refuse(ASSIGN, 403, "UnauthorizedOperation", "no. " + "x".repeat(5000));
        assertThat(assign(PATIENCE))
                .hasMessageContaining("allow ec2:AssignPrivateIpAddresses to the node's IAM role")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(600));
    }

    @Test
    void aSubnetThatIsFullWhenAnInterfaceIsMadeHasNoCodeOfItsOwn() {
        server.refuse(
                "CreateNetworkInterface",
                400,
                "InvalidParameterValue",
                "There aren't sufficient free Ipv4 addresses or prefixes in subnet 'subnet-a'");
        try (SdkEc2 ec2 = ec2(PATIENCE)) {
            CloudException refusal =
                    catchThrowableOfType(CloudException.class, () -> ec2.create(WANTED));
            assertThat(refusal.reason()).isEqualTo(Reason.SUBNET_FULL);
            assertThat(refusal).hasMessageContaining("subnet subnet-a");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>a captive portal</html>",
                "{\"not\": \"xml\"}",
                "<AssignPrivateIpAddressesResponse><assignedPrivateIpAddressesSet>"
            })
    void whatIsNoAnswerOfEc2IsGarbled(String body) {
        server.raw("CreateNetworkInterface", http(200, body));
        try (SdkEc2 ec2 = ec2(PATIENCE)) {
            CloudException garbled =
                    catchThrowableOfType(CloudException.class, () -> ec2.create(WANTED));
            assertThat(garbled.reason()).isEqualTo(Reason.GARBLED);
            assertThat(garbled)
                    .hasMessageContaining("CreateNetworkInterface")
                    .hasMessageContaining("key \"ec2\"");
        }
    }

    @Test
    void anAddressThatIsNoneIsGarbled() {
        server.answer(
                ASSIGN,
                "<assignedPrivateIpAddressesSet><item><privateIpAddress>ten</privateIpAddress></item></assignedPrivateIpAddressesSet>");
        CloudException garbled = assign(PATIENCE);
        assertThat(garbled.reason()).isEqualTo(Reason.GARBLED);
        assertThat(garbled).hasMessageContaining("privateIpAddress is \"ten\"");
    }

    @ParameterizedTest
    @CsvSource({"401, DENIED", "403, GARBLED", "404, GARBLED", "502, SILENT"})
    void aRefusalWithoutACodeGoesByItsStatus(int status, Reason reason) {
        server.raw(ASSIGN, http(status, "<html>a proxy</html>"));
        CloudException refusal = assign(PATIENCE);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining("status " + status);
    }

    @Test
    void nobodyAtTheEndpointIsSilence() {
        server.close();
        assertThat(assign(PATIENCE).reason()).isEqualTo(Reason.SILENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<a>"
            })
    void aConnectionThatBreaksIsSilenceAndNothingIsSentTwice(String answer) {
        server.raw(ASSIGN, answer);
        assertThat(assign(PATIENCE).reason()).isIn(Reason.SILENT, Reason.GARBLED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws InterruptedException {
        server.raw(ASSIGN, SILENCE);
        CloudException silence = assign(Duration.ofMillis(300));
        assertThat(silence.reason()).isEqualTo(Reason.SILENT);
        assertThat(server.hungUp().await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitAndTheConnection() throws InterruptedException {
        server.raw(ASSIGN, SILENCE);
        CompletableFuture<CloudException> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> thrown.complete(assign(PATIENCE)));
        assertThat(server.asked().await(30, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThat(thrown.join().reason()).isEqualTo(Reason.SILENT);
        assertThat(thrown.join()).hasMessageContaining("interrupted");
        // Well before its own time-out.
        assertThat(server.hungUp().await(20, TimeUnit.SECONDS)).isTrue();
        caller.join();
    }

    @Test
    void aNodeWithoutCredentialsIsToldToGetARole() {
        try (ScriptedImds none = new ScriptedImds();
                SdkEc2 ec2 =
                        new SdkEc2(
                                new Access(
                                        "eu-west-1",
                                        Optional.of(server.endpoint()),
                                        none.endpoint(),
                                        PATIENCE))) {
            CloudException denied =
                    catchThrowableOfType(
                            CloudException.class, () -> ec2.assign("eni-1", Order.addresses(1)));
            assertThat(denied.reason()).isEqualTo(Reason.DENIED);
            assertThat(denied).hasMessageContaining("IAM role");
            assertThat(server.requests()).isEmpty();
        }
    }

    private CloudException assign(Duration timeout) {
        try (SdkEc2 ec2 = ec2(timeout)) {
            return catchThrowableOfType(
                    CloudException.class, () -> ec2.assign("eni-1", Order.addresses(1)));
        }
    }

    private SdkEc2 ec2(Duration timeout) {
        return new SdkEc2(
                new Access("eu-west-1", Optional.of(server.endpoint()), imds.endpoint(), timeout));
    }
}
