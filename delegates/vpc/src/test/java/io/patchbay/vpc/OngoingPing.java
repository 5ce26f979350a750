package io.patchbay.vpc;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ping(8) that goes on until it is ended.
final class OngoingPing implements AutoCloseable {
    private static final Pattern COUNTS =
            Pattern.compile("([0-9]+) packets transmitted, ([0-9]+) received");

    private final Process process;

    OngoingPing(RigPod pod, InetAddress target) {
        try {
            process =
                    new ProcessBuilder(
                                    "nsenter",
                                    "--net=" + pod.path(),
                                    "--",
                                    "ping",
                                    "-n",
                                    "-q",
                                    "-i",
                                    "0.1",
                                    Cidr.text(target))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many packets were sent, and how many got no answer; the last one may still have got it.
    record Counts(int sent, int lost) {}

    Counts end() {
        Witness.here().run("kill", "-INT", Long.toString(process.pid()));
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher counts = COUNTS.matcher(output);
            if (!counts.find()) {
                throw new IllegalStateException("ping says: " + output);
            }
            int sent = Integer.parseInt(counts.group(1));
            return new Counts(sent, sent - Integer.parseInt(counts.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
