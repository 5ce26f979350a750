package io.patchbay.meta.probe;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.kernel.probe.VfioProbe;
import io.patchbay.kernel.probe.VhostUserProbe;
import io.patchbay.spi.device.PciAddress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A probe's process; its arguments are a kind, and what is probed. It ends even where whoever has
/// started it is gone.
final class ProbeMain {
    static final String VFIO = "vfio";
    static final String VHOST_USER = "vhost-user";

    /// For all of it: a Java has to start, on a machine that may be busy.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// For what listens at a socket.
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final int LATE = 3;

    private ProbeMain() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(ProbeMain::haltLater);
        Finding finding = find(arguments[0], arguments[1]);
        try (PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println(Verdict.line(finding));
        }
        System.exit(Verdict.status(finding));
    }

    private static void haltLater() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(LATE);
    }

    private static Finding find(String kind, String what) {
        return switch (kind) {
            case VFIO -> VfioProbe.probe(Path.of("/"), PciAddress.parse(what));
            case VHOST_USER -> VhostUserProbe.probe(Path.of(what), ANSWER);
            default -> throw new IllegalArgumentException("nothing probes " + kind);
        };
    }
}
