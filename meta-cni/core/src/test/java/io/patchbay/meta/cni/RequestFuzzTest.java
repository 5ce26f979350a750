package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Decoded.decoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/// The input is lines of `KEY=VALUE`, an empty line, and what stands on stdin.
@Tag("fuzz")
class RequestFuzzTest {
    @FuzzTest
    void any_environment_and_stdin_are_a_request_or_refused(byte[] input) {
        String[] parts = new String(input, UTF_8).split("\n\n", 2);
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : parts[0].split("\n", -1)) {
            String[] pair = line.split("=", 2);
            environment.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        byte[] stdin = parts.length == 2 ? parts[1].getBytes(UTF_8) : new byte[0];
        assertThat(RequestDecoder.replyVersion(stdin)).isNotNull();
        decoded(() -> RequestDecoder.decode(environment, stdin)).ifPresent(RequestFuzzTest::check);
    }

    private static void check(CniRequest request) {
        switch (request.command()) {
            case ADD, CHECK, DEL -> {
                assertThat(Names.identifierProblem(request.containerId())).isEmpty();
                assertThat(Names.interfaceProblem(request.ifName())).isEmpty();
            }
            case GC -> decoded(request::validAttachments);
            case STATUS, VERSION -> assertThat(request.containerId()).isEmpty();
        }
        decoded(request::previousResult);
        request.config().capabilities();
    }
}
