package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A kernel interface as a port, with the kernel's own socket at the other end as witness.
@Tag("kernel")
@NeedsDpdk
class AfPacketTest {
    private static final String IN_A_NAMESPACE =
            """
            set -e
            ip link add name left type veth peer name right
            ip link set left up
            ip link set right up
            exec "$@"
            """;

    /// Sends a frame on the right end, and prints the first of its kind that comes back.
    private static final String WITNESS =
            """
            import socket, sys
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88b5))
            s.bind(("right", 0x88b5))
            s.settimeout(120)
            s.send(bytes.fromhex(sys.argv[1]))
            print("came " + s.recv(2048).hex())
            """;

    @Test
    void framesOfTheKernelAreReceivedAndSent() {
        List<String> args =
                TestEal.argsOf(
                        "peer", "--vdev", "net_af_packet0,iface=left,framesz=2048,blocksz=4096");
        args.addFirst("net_af_packet0");
        List<String> command = ChildJvm.command(Echo.class, List.of(), args);
        command.addAll(0, List.of("unshare", "-n", "sh", "-c", IN_A_NAMESPACE, "sh"));
        String frame = HexFormat.of().formatHex(Wire.frame(7, 200));
        try (ChildJvm echo = ChildJvm.start(command)) {
            echo.line("ready");
            try (ChildJvm witness =
                    ChildJvm.start(
                            List.of(
                                    "nsenter",
                                    "-n",
                                    "-t",
                                    Long.toString(echo.pid()),
                                    "python3",
                                    "-c",
                                    WITNESS,
                                    frame))) {
                assertThat(witness.line("came")).isEqualTo("came " + frame);
            }
            assertThat(echo.end()).isZero();
        }
    }
}
