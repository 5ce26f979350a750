package io.patchbay.vpc.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.branch.PodEni.Assigned;
import io.patchbay.vpc.eni.Family;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodEniTest {
    private static final PodRef POD = new PodRef("shop", "cart-0", "");

    /// As the controller writes it.
    private static final String WRITTEN =
            """
            [{"eniId":"eni-0a1b","ifAddress":"02:00:0a:00:00:07","privateIp":"10.0.1.9","vlanId":7,"subnetCidr":"10.0.1.0/24",
              "ipv6Addr":"2001:db8:0:1::9","subnetV6Cidr":"2001:db8:0:1::/64","associationID":"trunk-assoc-1"},
             {"eniId":"eni-second"}]
            """;

    private static final PodEni READ =
            new PodEni(
                    "eni-0a1b",
                    MacAddress.parse("02:00:0a:00:00:07"),
                    Optional.of(new Assigned(Cidr.address("10.0.1.9"), Cidr.parse("10.0.1.0/24"))),
                    Optional.of(
                            new Assigned(
                                    Cidr.address("2001:db8:0:1::9"),
                                    Cidr.parse("2001:db8:0:1::/64"))),
                    7,
                    "trunk-assoc-1");

    @Test
    void theFirstInterfaceOfTheAnnotationIsThePods() {
        assertThat(PodEni.read(POD, WRITTEN)).isEqualTo(READ);
    }

    @Test
    void theVlanMayBeWrittenAsThePluginDeclaresIt() {
        assertThat(PodEni.read(POD, WRITTEN.replace("vlanId", "vlanID"))).isEqualTo(READ);
    }

    @Test
    void whatAnInterfaceOfOneFamilyLacksMayBeEmpty() {
        String written =
                WRITTEN.replace("2001:db8:0:1::9", "")
                        .replace("2001:db8:0:1::/64", "")
                        .replace("\"trunk-assoc-1\"", "null");
        assertThat(PodEni.read(POD, written))
                .isEqualTo(
                        new PodEni(READ.id(), READ.mac(), READ.address(), Optional.empty(), 7, ""));
    }

    @Test
    void theWaysOfAFamilyGoByItsRouter() {
        assertThat(READ.ways(POD, List.of(Family.IPV6, Family.IPV4)))
                .containsExactly(
                        new Way(Cidr.address("2001:db8:0:1::9"), Cidr.address("fe80:ec2::1")),
                        new Way(Cidr.address("10.0.1.9"), Cidr.address("10.0.1.1")));
    }

    @Test
    void aFamilyThatTheInterfaceHasNoAddressOfIsRefused() {
        PodEni one = new PodEni(READ.id(), READ.mac(), READ.address(), Optional.empty(), 7, "");
        assertThatThrownBy(() -> one.ways(POD, List.of(Family.IPV6)))
                .hasMessage(
                        "pod shop/cart-0 is to have an address of IPV6, and its branch interface eni-0a1b has none: give its subnet a block of that family");
    }

    @Test
    void anEmptyArrayMayStillBeFilled() {
        assertThatThrownBy(() -> PodEni.read(POD, "[]"))
                .hasMessage(
                        "pod shop/cart-0 has no annotation vpc.amazonaws.com/pod-eni yet: the VPC resource controller has made no branch interface for it")
                .extracting(e -> ((CniException) e).code())
                .isEqualTo(Standard.TRY_AGAIN_LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "7", "[7]", "[{}", "\"\""})
    void whatIsNoArrayOfObjectsIsRefusedAndQuoted(String annotation) {
        refused(annotation).hasMessageEndingWith(": " + annotation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"eniId\"|\"x\"|has no \"eniId\"",
                "\"ifAddress\"|\"x\"|has no \"ifAddress\"",
                "\"vlanId\"|\"x\"|has no \"vlanId\"",
                "\"subnetCidr\"|\"x\"|has no \"subnetCidr\"",
                "\"subnetV6Cidr\"|\"x\"|has no \"subnetV6Cidr\"",
                "\"eni-0a1b\"|\"\"|has no \"eniId\"",
                "\"eni-0a1b\"|5|has a \"eniId\" that is no string: 5",
                "0a:00:00:07|0a|has a bad \"ifAddress\": \"02:00:0a\" is no MAC address",
                "10.0.1.9|10.0.1|has a bad \"privateIp\": \"10.0.1\" is no IP address",
                "10.0.1.9|10.0.2.9|has a \"privateIp\" that is not in its \"subnetCidr\": 10.0.2.9, 10.0.1.0/24",
                "10.0.1.0/24|10.0.1.0|has a bad \"subnetCidr\": \"10.0.1.0\" has no prefix length",
                ":7,|:0,|has a \"vlanId\" that is not 1 to 4094: 0",
                ":7,|:4095,|has a \"vlanId\" that is not 1 to 4094: 4095",
                ":7,|:7.5,|has a \"vlanId\" that is not 1 to 4094: 7.5",
                ":7,|:99999999999,|has a \"vlanId\" that is not 1 to 4094: 99999999999",
                ":7,|:\"7\",|has a \"vlanId\" that is not 1 to 4094: \"7\""
            })
    void whatIsMissingOrMalformedIsRefusedByItsKey(String found, String instead, String why) {
        refused(WRITTEN.replace(found, instead)).hasMessageContaining(why);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String annotation) {
        return assertThatThrownBy(() -> PodEni.read(POD, annotation))
                .hasMessageStartingWith("pod shop/cart-0: annotation vpc.amazonaws.com/pod-eni ")
                .satisfies(e ->
                        assertThat(((CniException) e).code())
                                .isEqualTo(Standard.INVALID_NETWORK_CONFIG));
    }
}
