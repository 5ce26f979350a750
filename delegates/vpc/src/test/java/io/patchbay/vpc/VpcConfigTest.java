package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.imds.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VpcConfigTest {
    private static final String VARIABLE = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    private static VpcSettings settings(
            Optional<String> imds, Optional<Integer> cooldown, int mtu) {
        return new VpcSettings(
                imds,
                Optional.empty(),
                Optional.empty(),
                cooldown,
                mtu,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void nothingNeedsToBeConfigured() {
        VpcSettings nothing = settings(Optional.empty(), Optional.empty(), 0);
        assertThat(Networks.plain().prefix(nothing.links(Map.of()))).isEqualTo("eni");
        assertThat(nothing.mtu(Map.of())).isZero();
        assertThat(settings(Optional.empty(), Optional.empty(), 0).cooldown(Map.of()))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Endpoint.of(Optional.empty(), Map.of()))
                .isEqualTo(URI.create("http://169.254.169.254"));
    }

    @Test
    void theSettingComesBeforeTheEnvironment() {
        Map<String, String> environment = Map.of(VARIABLE, "http://[fd00:ec2::254]");
        assertThat(Endpoint.of(Optional.empty(), environment))
                .isEqualTo(URI.create("http://[fd00:ec2::254]"));
        assertThat(Endpoint.of(Optional.of("http://127.0.0.1:1338"), environment))
                .isEqualTo(URI.create("http://127.0.0.1:1338"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "enipd", "e-i", "9a", "e/"})
    void aPrefixThatMakesNoLinkNameIsRefused(String prefix) {
        assertThatThrownBy(() -> Networks.link(0, Optional.of(prefix)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"vethPrefix\" is \"" + prefix + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 67, 65536})
    void anMtuThatNoVethTakesIsRefused(int mtu) {
        assertThatThrownBy(() -> Networks.link(mtu, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"mtu\" is " + mtu);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 575, 9002})
    void anMtuThatNoInterfaceOfAVpcTakesIsRefused(int mtu) {
        assertThatThrownBy(() -> settings(Optional.empty(), Optional.empty(), mtu))
                .hasMessageContaining("\"mtu\" is " + mtu)
                .hasMessageContaining("576 to 9001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "https://x", "http://", "http://a b"})
    void anEndpointThatIsNoHttpUrlIsRefused(String endpoint) {
        assertThatThrownBy(() -> settings(Optional.of(endpoint), Optional.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"imds\" is \"" + endpoint + "\"");
        assertThatThrownBy(() -> Endpoint.of(Optional.empty(), Map.of(VARIABLE, endpoint)))
                .hasMessageContaining(VARIABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3601})
    void aCooldownBeyondAnHourIsRefused(int seconds) {
        assertThatThrownBy(() -> settings(Optional.empty(), Optional.of(seconds), 0))
                .hasMessageContaining("\"cooldownSeconds\" is " + seconds);
    }

    private static VpcConfig network(
            String subnet, List<String> groups, List<String> families, int count) {
        return new VpcConfig(
                0, Optional.empty(), Optional.of(subnet), groups, families, Optional.of(count));
    }

    @Test
    void aNetworkMaySayWhereAndOfWhichFamilies() {
        VpcConfig network = network("subnet-0a", List.of("sg-0b"), List.of("ipv6", "ipv4"), 2);
        LinkPolicy policy = settings(Optional.empty(), Optional.empty(), 0).links(Map.of());
        assertThat(network.place())
                .contains(new EniConfig(Optional.of("subnet-0a"), List.of("sg-0b")));
        assertThat(network.families(policy)).containsExactly(Family.IPV6, Family.IPV4);
        assertThat(Networks.plain().place()).isEmpty();
        assertThat(Networks.plain().families(policy)).containsExactly(Family.IPV4);
    }

    @Test
    void whatNoSubnetGroupOrFamilyIsIsRefusedByItsKey() {
        List<String> ipv4 = List.of("ipv4");
        assertThatThrownBy(() -> network("10.0.0.0/24", List.of(), ipv4, 1))
                .hasMessageContaining("\"subnet\" has \"10.0.0.0/24\"");
        assertThatThrownBy(() -> network("subnet-1", List.of("default"), ipv4, 1))
                .hasMessageContaining("\"securityGroups\" has \"default\"");
        assertThatThrownBy(() -> network("subnet-1", Collections.nCopies(17, "sg-1"), ipv4, 1))
                .hasMessageContaining("\"securityGroups\" has 17 entries");
        assertThatThrownBy(() -> network("subnet-1", List.of(), List.of("IPv4"), 1))
                .hasMessageContaining("\"families\" has \"IPv4\"");
        assertThatThrownBy(() -> network("subnet-1", List.of(), List.of("ipv4", "ipv4"), 1))
                .hasMessageContaining("\"families\" is [ipv4, ipv4]");
        assertThatThrownBy(() -> network("subnet-1", List.of(), ipv4, 0))
                .hasMessageContaining("\"count\" is 0");
    }
}
