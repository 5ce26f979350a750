package io.patchbay.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;

class FaultsWireTest {
    private final TestEc2 cloud = new TestEc2("m5.large");
    private final Ec2Client ec2 = cloud.client();

    @AfterEach
    void close() {
        ec2.close();
        cloud.close();
    }

    private String create() {
        return ec2.createNetworkInterface(request -> request.subnetId("subnet-1"))
                .networkInterface()
                .networkInterfaceId();
    }

    private void read(String eni) {
        ec2.describeNetworkInterfaces(request -> request.networkInterfaceIds(eni));
    }

    @Test
    void aBucketRunsEmptyAndFillsAgain() {
        cloud.faults.set(Weather.FAIR.limit("DescribeVpcs", 2, 0.5));
        ec2.describeVpcs();
        ec2.describeVpcs();
        assertThat(Refused.by(ec2::describeVpcs))
                .isEqualTo(new Refused(503, "RequestLimitExceeded", "Request limit exceeded."));
        ec2.describeSubnets();
        cloud.clock.move(Duration.ofSeconds(2));
        ec2.describeVpcs();
        assertThat(Refused.code(ec2::describeVpcs)).isEqualTo("RequestLimitExceeded");
        assertThat(cloud.faults.calls())
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of("DescribeSubnets", 1L, "DescribeVpcs", 5L)));
        assertThat(cloud.faults.throttled()).containsExactly(Map.entry("DescribeVpcs", 2L));
    }

    @Test
    void oneBucketCanBeForAll() {
        cloud.faults.set(Weather.FAIR.limit(Weather.ALL, 1, 0));
        ec2.describeSubnets();
        assertThat(Refused.code(ec2::describeVpcs)).isEqualTo("RequestLimitExceeded");
    }

    @Test
    void theNextCallsFailAsTheyAreToldTo() {
        cloud.faults.next("DescribeVpcs", 1, Fault.unauthorized());
        cloud.faults.next("DescribeVpcs", 1, Fault.internalError());
        cloud.faults.next(Weather.ALL, 1, Fault.unavailable());
        assertThat(Refused.by(ec2::describeVpcs).status()).isEqualTo(403);
        assertThat(Refused.by(ec2::describeVpcs).code()).isEqualTo("InternalError");
        assertThat(Refused.by(ec2::describeSubnets).code()).isEqualTo("Unavailable");
        ec2.describeVpcs();
    }

    @Test
    void refusalsAreCountedByCodeWhoeverRefuses() {
        cloud.faults.next("DescribeVpcs", 1, Fault.unauthorized());
        Refused.code(ec2::describeVpcs);
        Refused.code(() -> read("eni-0"));
        Refused.code(() -> read("eni-0"));
        assertThat(cloud.faults.refused())
                .isEqualTo(
                        Map.of(
                                "UnauthorizedOperation", 1L,
                                "InvalidNetworkInterfaceID.NotFound", 2L));
    }

    @Test
    void whatIsRefusedIsNotDone() {
        cloud.faults.next("CreateNetworkInterface", 1, Fault.unavailable());
        assertThat(Refused.code(this::create)).isEqualTo("Unavailable");
        assertThat(cloud.ledger.now().interfaces()).hasSize(1);
    }

    @Test
    void anAnswerIsLostAfterTheCallWasCarriedOut() {
        cloud.faults.next("CreateNetworkInterface", 1, new Fault.Lose());
        assertThatThrownBy(this::create).isInstanceOf(SdkClientException.class);
        assertThat(cloud.ledger.now().interfaces()).hasSize(2);
        assertThat(cloud.faults.calls()).containsEntry("CreateNetworkInterface", 1L);
    }

    @Test
    void anAnswerIsGarbage() {
        cloud.faults.next("CreateNetworkInterface", 1, new Fault.Garble());
        assertThatThrownBy(this::create).isInstanceOf(SdkClientException.class);
        assertThat(cloud.ledger.now().interfaces()).hasSize(2);
    }

    @Test
    void descriptionsLagAndANewInterfaceIsNotKnownYet() {
        cloud.clock.move(Duration.ofSeconds(60));
        cloud.faults.set(Weather.FAIR.lag(Duration.ofSeconds(5)));
        String eni = create();
        assertThat(Refused.code(() -> read(eni))).isEqualTo("InvalidNetworkInterfaceID.NotFound");
        assertThat(
                        Refused.code(() ->
                                ec2.attachNetworkInterface(request ->
                                        request.networkInterfaceId(eni)
                                                .instanceId(cloud.instance.id())
                                                .deviceIndex(1))))
                .isEqualTo("InvalidNetworkInterfaceID.NotFound");
        cloud.clock.move(Duration.ofSeconds(5));
        read(eni);
        ec2.deleteNetworkInterface(request -> request.networkInterfaceId(eni));
        read(eni);
        cloud.clock.move(Duration.ofSeconds(5));
        assertThat(Refused.code(() -> read(eni))).isEqualTo("InvalidNetworkInterfaceID.NotFound");
    }

    @Test
    void everySessionExpires() {
        cloud.faults.set(Weather.FAIR.credentialsExpired(true));
        assertThat(Refused.by(ec2::describeVpcs))
                .isEqualTo(new Refused(400, "RequestExpired", "Request has expired."));
        cloud.faults.clear();
        ec2.describeVpcs();
    }

    @Test
    void anAnswerTakesItsTime() {
        cloud.faults.set(Weather.FAIR.delay("DescribeVpcs", Duration.ofMillis(300)));
        Instant before = Instant.now();
        ec2.describeVpcs();
        // It cannot be sooner: this asserts no speed.
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(299));
    }
}
