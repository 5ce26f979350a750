package io.patchbay.examples.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The echo on one end of a veth, and the kernel, which checks every checksum, on the other; in a
/// namespace that goes with the process that holds it.
@NeedsDpdk
@Tag("kernel")
class KernelPeerTest {
    private Child holder;
    private Child echo;

    @BeforeEach
    void connect() throws Exception {
        holder = Child.of(List.of("unshare", "-n", "sh", "-c", "echo ready; exec sleep infinity"));
        holder.await("^ready$");
        for (String words :
                List.of(
                        "ip link add kernel type veth peer name dpdk",
                        "ip address add 10.9.0.1/24 dev kernel",
                        "ip link set kernel up",
                        "ip link set dpdk up")) {
            try (Child ip = inside(List.of(words.split(" ")))) {
                ip.awaitEnd(0);
            }
        }
        List<String> words = new ArrayList<>();
        words.addAll(Child.command());
        words.addAll(
                List.of("gtpecho", "--address", "10.9.0.2", "--teid", "0x11223344=0xcafe", "--"));
        words.addAll(List.of(EalArguments.NO_HARDWARE.split(" ")));
        words.addAll(List.of("--vdev", "net_af_packet0,iface=dpdk"));
        echo = inside(words);
        echo.await("^Answering on");
    }

    @AfterEach
    void disconnect() {
        echo.close();
        holder.close();
    }

    private Child inside(List<String> command) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("nsenter", "-n", "-t", Long.toString(holder.pid())));
        words.addAll(command);
        return Child.of(words);
    }

    @Test
    void pingIsAnsweredAndSoIsArpBefore() throws Exception {
        try (Child ping = inside(List.of("ping", "-c", "3", "-i", "0.2", "-w", "60", "10.9.0.2"))) {
            ping.awaitEnd(0).await("^3 packets transmitted, 3 received|, 3 received,");
        }
    }

    @Test
    void udpAndGtpAreEchoedToASocket() throws Exception {
        URL script = Objects.requireNonNull(KernelPeerTest.class.getResource("client.py"));
        String path = Path.of(script.toURI()).toString();
        try (Child client = inside(List.of("python3", path, "kernel", "10.9.0.2"))) {
            client.awaitEnd(0);
            client.await("^udp 10\\.9\\.0\\.2 7 68656c6c6f$");
            client.await("^echo 10\\.9\\.0\\.2 2152 3202000600000000beef00000e00$");
            String answer = client.await("^gpdu 10\\.9\\.0\\.2 2152 ([0-9a-f]+)$").group(1);
            assertThat(answer).isEqualTo(client.await("^expected (.*)$").group(1));
        }
        echo.terminate().awaitEnd(0).await("malformed 0\\.$");
    }
}
