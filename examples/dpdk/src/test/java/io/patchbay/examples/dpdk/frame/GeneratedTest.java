package io.patchbay.examples.dpdk.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GeneratedTest {
    private static final Generated GENERATED =
            new Generated(
                    0x0200000000b2L,
                    0x0200000000a1L,
                    Ipv4.parse("198.18.0.2"),
                    Ipv4.parse("198.18.0.1"),
                    7,
                    10000);

    @Test
    void aFrameIsRightToTheByte() {
        assertThat(GENERATED.udp(3, 60)).isEqualTo(Golden.GENERATED);
    }

    @Test
    void aFrameInATunnelIsRightToTheByte() {
        assertThat(GENERATED.tunnelled(3, 80, 0x2a)).isEqualTo(Golden.GENERATED_G_PDU);
    }

    @Test
    void theShortestFramesAreWhole() {
        for (byte[] frame :
                new byte[][] {
                    GENERATED.udp(0, Generated.SHORTEST),
                    GENERATED.tunnelled(0, Generated.SHORTEST_TUNNELLED, 1)
                }) {
            MemorySegment memory = MemorySegment.ofArray(frame);
            int udp = Ipv4.payload(memory, Ethernet.HEADER, frame.length);
            assertThat(udp).isEqualTo(34);
            assertThat(Udp.payload(memory, Ethernet.HEADER, udp, frame.length)).isEqualTo(42);
        }
    }

    /// The header that every text on the checksum has: 192.168.0.1 to 192.168.0.199.
    @Test
    void aKnownChecksumIsFound() {
        byte[] header = HexFormat.of().parseHex("45000073000040004011b861c0a80001c0a800c7");
        byte[] packet = java.util.Arrays.copyOf(header, 0x73);
        assertThat(Ipv4.payload(MemorySegment.ofArray(packet), 0, packet.length)).isEqualTo(20);
        packet[10]++;
        assertThat(Ipv4.payload(MemorySegment.ofArray(packet), 0, packet.length)).isEqualTo(-1);
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String text : new String[] {"", "10.0.0", "10.0.0.256", "10.0.0.1.2", "::1"}) {
            assertThatThrownBy(() -> Ipv4.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "' is no IPv4 address");
        }
        assertThat(Ipv4.parse("192.0.2.1")).isEqualTo(0xc0000201);
    }
}
