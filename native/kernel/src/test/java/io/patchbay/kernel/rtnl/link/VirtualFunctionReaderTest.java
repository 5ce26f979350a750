package io.patchbay.kernel.rtnl.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.kernel.netlink.Message;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Answers laid out by hand, after linux/if_link.h.
class VirtualFunctionReaderTest {
    private static final String LINK = "00000000" + "0d000000" + "00000000" + "00000000";

    private static List<VirtualFunction> read(String attributes) {
        return read(HexFormat.of().parseHex(LINK + attributes));
    }

    private static List<VirtualFunction> read(byte[] octets) {
        ByteBuffer payload = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        List<VirtualFunction> found = new ArrayList<>();
        VirtualFunctionReader.read(new Message(16, 0, 1, payload), found::addAll);
        return found;
    }

    private static String attribute(int type, String value) {
        int length = 4 + value.length() / 2;
        return HexFormat.of().toHexDigits(Short.reverseBytes((short) length))
                + HexFormat.of().toHexDigits(Short.reverseBytes((short) type))
                + value;
    }

    private static String number(int value) {
        return HexFormat.of().toHexDigits(Integer.reverseBytes(value));
    }

    private static String count(int count) {
        return attribute(21, number(count));
    }

    private static String function(int index, int spoofCheck) {
        String vlan = number(index) + number(100) + number(5) + "88a80000";
        return attribute(
                1,
                attribute(1, number(index) + "0200000000330000" + "00".repeat(24))
                        + attribute(12, attribute(1, vlan))
                        + attribute(6, number(index) + number(50) + number(1000))
                        + attribute(4, number(index) + number(spoofCheck))
                        + attribute(5, number(index) + number(2))
                        + attribute(9, number(index) + number(1)));
    }

    @Test
    void everySettingIsRead() {
        assertThat(read(count(1) + attribute(22, function(3, -1))))
                .containsExactly(
                        new VirtualFunction(
                                3,
                                MacAddress.parse("02:00:00:00:00:33"),
                                new Vlan(100, 5, VlanProtocol.DOT1AD),
                                new Rate(50, 1000),
                                Optional.empty(),
                                Optional.of(true),
                                State.DISABLE));
    }

    @Test
    void theyComeByTheirIndexWhateverTheOrder() {
        assertThat(read(count(2) + attribute(22, function(7, 1) + function(0, 0))))
                .extracting(VirtualFunction::index)
                .containsExactly(0, 7);
    }

    @Test
    void aLinkWithoutAnyHasNone() {
        assertThat(read(count(0))).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void aListThatWrappedAroundIsRefused() {
        assertThat(
                        catchThrowableOfType(
                                KernelException.class,
                                () -> read(count(336) + attribute(22, function(0, 1)))))
                .hasMessageContainingAll("EMSGSIZE", "336", "shows 1");
    }

    @Test
    void aDriverThatTellsNothingIsRefused() {
        assertThatThrownBy(() -> read(count(4)))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.EOPNOTSUPP));
    }

    @Test
    void spoiltOctetsAreReadOrRefusedAndNothingElse() {
        Random random = new Random(1);
        byte[] good =
                HexFormat.of()
                        .parseHex(LINK + count(2) + attribute(22, function(0, 1) + function(1, 0)));
        for (int round = 0; round < 5000; round++) {
            byte[] octets = good.clone();
            for (int i = 0; i < 4; i++) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(octets).size()).isLessThan(100);
            } catch (KernelException e) {
                assertThat(e.errno()).isIn(74, 90, KernelException.EOPNOTSUPP);
            }
        }
    }
}
