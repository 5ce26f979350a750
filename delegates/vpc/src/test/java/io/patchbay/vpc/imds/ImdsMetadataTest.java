package io.patchbay.vpc.imds;

import static io.patchbay.vpc.imds.ScriptedImds.SILENCE;
import static io.patchbay.vpc.imds.ScriptedImds.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImdsMetadataTest {
    private static final String MACS = "network/interfaces/macs/";
    private static final String LISTING = "/latest/meta-data/" + MACS;
    private static final String MAC = "02:00:00:00:00:01";
    private static final String SECOND = "02:00:00:00:00:02";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ScriptedImds imds = new ScriptedImds();

    @BeforeEach
    void serveOneInterface() {
        imds.value(MACS, MAC + "/");
        serve(MAC, "eni-a", "0", "10.0.0.4\n10.0.0.5\n10.0.0.6");
    }

    @AfterEach
    void close() {
        imds.close();
    }

    @Test
    void anInterfaceIsReadWithItsAddresses() {
        assertThat(attached(PATIENCE))
                .containsExactly(
                        new Eni(
                                "eni-a",
                                MacAddress.parse(MAC),
                                0,
                                0,
                                Cidr.address("10.0.0.4"),
                                "subnet-a",
                                Cidr.parse("10.0.0.0/24"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                EniConfig.NODE,
                                List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("100.64.0.0/16")),
                                List.of(Cidr.parse("10.0.0.5/32"), Cidr.parse("10.0.0.6/32"))));
        assertThat(imds.requests())
                .startsWith("PUT /latest/api/token", "GET " + LISTING + " one")
                .allMatch(request -> request.startsWith("PUT") || request.endsWith(" one"));
    }

    @Test
    void prefixesComeAfterTheAddresses() {
        imds.value(MACS + MAC + "/ipv4-prefix", "10.0.0.32/28\n10.0.0.64/28\n");
        assertThat(attached(PATIENCE).getFirst().blocks())
                .containsExactly(
                        Cidr.parse("10.0.0.5/32"),
                        Cidr.parse("10.0.0.6/32"),
                        Cidr.parse("10.0.0.32/28"),
                        Cidr.parse("10.0.0.64/28"));
    }

    @Test
    void ipv6IsReadBesideIpv4() {
        imds.value(MACS + MAC + "/ipv6s", "2001:db8:0:1::4\n2001:db8:0:1::9\n")
                .value(MACS + MAC + "/ipv6-prefix", "2001:db8:0:1:5::/80\n")
                .value(MACS + MAC + "/subnet-ipv6-cidr-blocks", "2001:db8:0:1::/64\n")
                .value(MACS + MAC + "/vpc-ipv6-cidr-blocks", "2001:db8::/56\n")
                .value(MACS + MAC + "/security-group-ids", "sg-1\nsg-2");
        Eni eni = attached(PATIENCE).getFirst();
        assertThat(eni.primary6()).contains(Cidr.address("2001:db8:0:1::4"));
        assertThat(eni.subnet6()).contains(Cidr.parse("2001:db8:0:1::/64"));
        assertThat(eni.vpc())
                .containsExactly(
                        Cidr.parse("10.0.0.0/16"),
                        Cidr.parse("100.64.0.0/16"),
                        Cidr.parse("2001:db8::/56"));
        assertThat(eni.groups()).containsExactly("sg-1", "sg-2");
        assertThat(eni.blocks())
                .containsExactly(
                        Cidr.parse("10.0.0.5/32"),
                        Cidr.parse("10.0.0.6/32"),
                        Cidr.parse("2001:db8:0:1::9/128"),
                        Cidr.parse("2001:db8:0:1:5::/80"));
    }

    @Test
    void theInstanceIsReadFromItsPrimaryInterface() {
        serveInstance();
        assertThat(instance())
                .isEqualTo(
                        new Instance(
                                "i-1",
                                "m5.large",
                                "eu-west-1",
                                "eu-west-1a",
                                "vpc-1",
                                List.of("sg-1", "sg-2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance-id",
                "instance-type",
                "placement/region",
                "placement/availability-zone",
                "mac",
                MACS + MAC + "/vpc-id",
                MACS + MAC + "/security-group-ids"
            })
    void anInstanceWithoutOneOfItsKeysIsGarbled(String missing) {
        serveInstance();
        imds.raw("/latest/meta-data/" + missing, http(404, ""));
        CloudException garbled = catchThrowableOfType(CloudException.class, this::instance);
        assertThat(garbled.reason()).isEqualTo(Reason.GARBLED);
        assertThat(garbled).hasMessageContaining(missing);
    }

    @ParameterizedTest
    @CsvSource({"401, DENIED", "403, DENIED", "429, THROTTLED", "500, SILENT", "418, GARBLED"})
    void aStatusTellsTheReason(int status, Reason reason) {
        serveInstance();
        imds.raw("/latest/meta-data/placement/region", http(status, ""));
        assertThat(catchThrowableOfType(CloudException.class, this::instance).reason())
                .isEqualTo(reason);
    }

    private Instance instance() {
        return new ImdsMetadata(new Here(), imds.endpoint(), PATIENCE).instance();
    }

    private void serveInstance() {
        imds.value("mac", MAC)
                .value("instance-id", "i-1")
                .value("instance-type", "m5.large")
                .value("placement/region", "eu-west-1")
                .value("placement/availability-zone", "eu-west-1a")
                .value(MACS + MAC + "/vpc-id", "vpc-1")
                .value(MACS + MAC + "/security-group-ids", "sg-1\nsg-2");
    }

    @Test
    void interfacesComeByCardAndDevice() {
        imds.value(MACS, SECOND + "/\n" + MAC + "/\n");
        serve(SECOND, "eni-b", "1", "10.0.0.9");
        assertThat(attached(PATIENCE)).extracting(Eni::id).containsExactly("eni-a", "eni-b");
        imds.value(MACS + MAC + "/network-card", "1");
        assertThat(attached(PATIENCE)).extracting(Eni::id).containsExactly("eni-b", "eni-a");
    }

    @Test
    void aTokenThatIsNotValidAnyMoreIsReplacedOnce() {
        imds.token("one", "two").raw(LISTING, http(401, ""), http(200, MAC + "/"));
        assertThat(attached(PATIENCE)).hasSize(1);
        assertThat(imds.requests()).contains("GET " + LISTING + " two");
        imds.raw(LISTING, http(401, ""));
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(LISTING)
                .hasMessageContaining("status 401");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void whatMayPassIsTriedThreeTimes(int status) {
        imds.raw(LISTING, http(status, ""), http(status, ""), http(200, MAC + "/"));
        assertThat(attached(PATIENCE)).hasSize(1);
        imds.raw(LISTING, http(status, ""));
        long before = listed();
        assertThatThrownBy(() -> attached(PATIENCE)).hasMessageContaining("status " + status);
        assertThat(listed() - before).isEqualTo(3);
    }

    @Test
    void aServiceThatIsSwitchedOffIsNotAskedTwice() {
        imds.raw("/latest/api/token", http(403, ""));
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("/latest/api/token")
                .hasMessageContaining("status 403");
        assertThat(imds.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENCE, "SSH-2.0-OpenSSH_9.2\r\n", ""})
    void noAnswerIsToldWithTheEndpointAndTheKey(String answer) {
        imds.raw("/latest/api/token", answer);
        assertThatThrownBy(() -> attached(Duration.ofMillis(200)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(imds.endpoint() + "/latest/api/token")
                .hasMessageContaining("key \"imds\"")
                .hasMessageContaining("3 attempts");
    }

    @Test
    void nobodyAtTheEndpointIsToldTheSameWay() {
        imds.close();
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("ConnectException");
    }

    @ParameterizedTest
    @CsvSource({
        "device-number, <html>",
        "device-number, -",
        "local-ipv4s, ten.0.0.4",
        "subnet-ipv4-cidr-block, 10.0.0.0",
        "vpc-ipv4-cidr-blocks, 10.0.0.0/99",
        "network-card, two",
        "ipv4-prefix, 10.0.0.32",
        "ipv6s, 2001:db8:::4",
        "ipv6-prefix, 2001:db8::/129",
        "subnet-ipv6-cidr-blocks, 2001:db8::",
        "vpc-ipv6-cidr-blocks, db8"
    })
    void garbageIsRefusedWithItsKey(String key, String garbage) {
        imds.value(MACS + MAC + "/" + key, garbage);
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(MACS + MAC + "/" + key)
                .hasMessageContaining("\"" + garbage + "\"");
    }

    @Test
    void aListingThatNamesNoMacAddressIsRefused() {
        imds.value(MACS, "<!doctype html>");
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(MACS)
                .hasMessageContaining("<!doctype html>");
    }

    @Test
    void anAnswerOfNoReasonableLengthIsCutOff() {
        imds.raw(LISTING, http(200, "x".repeat(100_000)));
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(LISTING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interface-id",
                "device-number",
                "local-ipv4s",
                "subnet-id",
                "subnet-ipv4-cidr-block"
            })
    void anInterfaceThatComesOrGoesIsLeftOut(String missing) {
        imds.value(MACS, MAC + "/\n" + SECOND + "/");
        serve(SECOND, "eni-b", "1", "10.0.0.9");
        imds.raw(LISTING + SECOND + "/" + missing, http(404, ""));
        assertThat(attached(PATIENCE)).extracting(Eni::id).containsExactly("eni-a");
    }

    @Test
    void anInterruptEndsTheWait() {
        imds.raw("/latest/api/token", SILENCE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> attached(PATIENCE))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private List<Eni> attached(Duration timeout) {
        return new ImdsMetadata(new Here(), imds.endpoint(), timeout).attached();
    }

    private long listed() {
        return imds.requests().stream()
                .filter(line -> line.startsWith("GET " + LISTING + " "))
                .count();
    }

    private void serve(String mac, String id, String device, String addresses) {
        String path = MACS + mac + "/";
        imds.value(path + "interface-id", id)
                .value(path + "device-number", device)
                .value(path + "local-ipv4s", addresses)
                .value(path + "subnet-id", "subnet-a")
                .value(path + "subnet-ipv4-cidr-block", "10.0.0.0/24")
                .value(path + "vpc-ipv4-cidr-blocks", "10.0.0.0/16\n100.64.0.0/16");
    }
}
