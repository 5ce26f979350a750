package io.patchbay.examples.dpdk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that share memory, as pods on one node do: a generator, maybe a forwarder, and an
/// echo. A ring of memif holds more packets than are sent, so that none may be lost.
@NeedsDpdk
class MemifTest {
    private static final int PACKETS = 500;

    @TempDir Path sockets;

    private Child start(String words, String... devices) throws IOException {
        List<String> all = new ArrayList<>(List.of((words + " -- ").split(" ")));
        all.addAll(List.of(EalArguments.NO_HARDWARE.split(" ")));
        for (String device : devices) {
            all.add("--vdev");
            all.add(device);
        }
        return Child.example(all.toArray(String[]::new));
    }

    private String memif(int number, String role, String socket) {
        return "net_memif%d,role=%s,socket-abstract=no,socket=%s"
                .formatted(number, role, sockets.resolve(socket));
    }

    @Test
    void whatIsGeneratedIsEchoed() throws Exception {
        try (Child echo = start("gtpecho --json", memif(0, "server", "a"))) {
            echo.await("^Answering on \\[net_memif0]");
            try (Child generate = start(generate(""), memif(0, "client", "a"))) {
                generate.awaitEnd(0).await(counts(0));
            }
            echo.terminate().awaitEnd(0).await(counts(0));
            echo.await("^Ignored 0, malformed 0\\.$");
        }
    }

    @Test
    void tunnelsGoThroughAForwarderThereAndBack() throws Exception {
        try (Child l2fwd = start("l2fwd", memif(0, "server", "a"), memif(1, "server", "b,id=1"))) {
            l2fwd.await("^Forwarding between \\[net_memif0, net_memif1]");
            try (Child echo = start("gtpecho", memif(0, "client", "b,id=1"))) {
                l2fwd.await("^net_memif1: link up$");
                try (Child generate =
                        start(generate("--teid 0x2a --size 128"), memif(0, "client", "a"))) {
                    generate.awaitEnd(0).await(counts(0));
                }
                echo.terminate().awaitEnd(0).await(counts(0));
            }
            l2fwd.terminate().awaitEnd(0).await(counts(0));
            l2fwd.await(counts(1));
        }
    }

    @Test
    void whatIsNotForTheEchoIsCountedAsIgnored() throws Exception {
        try (Child echo = start("gtpecho --stats 1 --address 192.0.2.1", memif(0, "server", "a"))) {
            echo.await("^Answering on");
            try (Child generate =
                    start("generate --count 100 --wait 100", memif(0, "client", "a"))) {
                // What is on its way when one end of a memif goes is lost.
                echo.await(" received 100, sent 0$");
                generate.terminate().awaitEnd(0).await("^net_memif0: received 0, sent 100,");
            }
            echo.terminate().awaitEnd(0).await("^Ignored 100, malformed 0\\.$");
        }
    }

    private static String generate(String more) {
        return "generate --count %d --flows 10 --wait 100 %s".formatted(PACKETS, more).strip();
    }

    private static String counts(int port) {
        return "^net_memif%d: received %d, sent %d, dropped 0 in".formatted(port, PACKETS, PACKETS);
    }
}
