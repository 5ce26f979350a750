package io.patchbay.examples.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dpdk.Burst;
import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Port;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Frames on a port that receives what it sends.
@NeedsDpdk
class RewritingTest {
    private static final MacAddress PEER = MacAddress.parse("02:aa:bb:cc:dd:ee");
    private static Ports ports;

    @BeforeAll
    static void start() {
        List<String> words = new ArrayList<>(List.of(EalArguments.NO_HARDWARE.split(" ")));
        words.addAll(List.of("--vdev", "net_ring0"));
        ports = Ports.start(words, false);
    }

    @AfterAll
    static void end() {
        ports.close();
    }

    @Test
    void aFrameLeavesForThePeerFromThePort() {
        Port port = ports.all.getFirst();
        Rewriting rewriting = new Rewriting(port.rx(0), port.tx(0), ports.eal.burst(32), PEER);
        byte[] frame = HexFormat.of().parseHex("ffffffffffff020000000001080045");

        Burst burst = ports.eal.burst(2);
        ports.pool.allocate(burst, 2);
        burst.packet(0).setBytes(frame);
        burst.packet(1).setBytes(new byte[11]);
        assertThat(port.tx(0).send(burst)).isEqualTo(2);

        assertThat(rewriting.move()).isEqualTo(1);
        assertThat(rewriting.dropped()).isEqualTo(1);
        assertThat(port.rx(0).receive(burst)).isEqualTo(1);
        String own = HexFormat.of().toHexDigits(port.mac().value(), 12);
        assertThat(HexFormat.of().formatHex(burst.packet(0).toBytes()))
                .isEqualTo("02aabbccddee" + own + "080045");
        burst.clear();
        assertThat(ports.pool.inUse()).isZero();
    }
}
