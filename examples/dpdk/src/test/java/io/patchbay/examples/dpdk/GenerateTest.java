package io.patchbay.examples.dpdk;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The generator into a port that swallows what it is sent.
@NeedsDpdk
class GenerateTest {
    @Test
    void itShowsItsRate() throws Exception {
        try (Child generate = Child.example("generate", "--stats", "1", "--size", "1514")) {
            generate.await(
                    Pattern.compile("net_null0 .* tx +([0-9,]+) pps"),
                    rate -> !rate.group(1).equals("0"));
            generate.terminate().awaitEnd(0).await("^net_null0: received \\d+, sent [1-9]\\d*,");
        }
    }

    @Test
    void itEndsOnceAllAreSent() throws Exception {
        try (Child generate =
                Child.example("generate", "--count", "1000", "--rate", "5000", "--flows", "3")) {
            generate.awaitEnd(0).await("^net_null0: received \\d+, sent 1000,");
        }
    }
}
