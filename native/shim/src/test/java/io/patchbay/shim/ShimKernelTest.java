package io.patchbay.shim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What takes root to show: another user, a mount, a namespace.
@Tag("kernel")
final class ShimKernelTest {

    private static final String RECEIVER =
            """
            import os, socket, struct, sys, zlib
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(sys.argv[1])
            listener.listen()
            print('listening', flush=True)
            connection, _ = listener.accept()
            first, descriptors, _, _ = socket.recv_fds(connection, 1, 4)
            connection.recv(1 << 20)
            body = ','.join(os.readlink('/proc/self/fd/%d' % d) for d in descriptors).encode()
            head = struct.pack('>IHHII', 0x50424152, 1, 0, len(body), zlib.crc32(body))
            connection.sendall(head + body)
            """;

    @TempDir Path folder;

    private Shim shim(Path binary, String command) {
        return Shim.of(binary, command)
                .attachment("c1", "eth0")
                .at(folder.resolve("s"))
                .keepingIn(folder.resolve("state"));
    }

    @Test
    void the_descriptor_of_the_namespace_comes_with_the_first_byte() throws Exception {
        for (Path binary : Shim.builds().toList()) {
            Process receiver =
                    new ProcessBuilder("python3", "-c", RECEIVER, folder.resolve("s").toString())
                            .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(receiver.getInputStream(), UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("listening");
                Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
                Shim.Ended ended = shim(binary, "ADD").with("CNI_NETNS", "/proc/self/ns/net").run();
                assertThat(ended).isEqualTo(new Shim.Ended(0, own.toString(), ""));
            } finally {
                receiver.destroyForcibly();
            }
            Files.delete(folder.resolve("s"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'mount -t tmpfs -o size=256k none',No space left on device",
        "'mount -t tmpfs -o ro none',Read-only file system"
    })
    void a_spool_without_room_is_an_error_and_left_clean(String mount, String reason)
            throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        String script = mount + " " + state + "; \"$0\"; s=$?; find " + state + " -type f; exit $s";
        Shim del = shim(Shim.RELEASE, "DEL").reading(new byte[1 << 20]);
        Shim.Ended ended =
                del.with("PATH", System.getenv("PATH"))
                        .by("unshare", "-m", "sh", "-c", script)
                        .run();
        assertThat(ended).isEqualTo(SpoolTest.unwritable(state, reason));
    }

    @ParameterizedTest
    @CsvSource({"ADD", "CHECK", "DEL", "GC", "STATUS"})
    void who_is_not_root_is_told_so(String command) throws Exception {
        Path binary = Files.copy(Shim.RELEASE, folder.resolve("patchbay"));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path socket = folder.resolve("s");
        try (FakeDaemon daemon = new FakeDaemon(socket)) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Shim.Ended ended = byNobody(shim(binary, command)).run();
            assertThat(ended)
                    .isEqualTo(
                            new Shim.Ended(
                                    1,
                                    Shim.error(
                                            5,
                                            "the socket of the Patchbay daemon "
                                                    + socket
                                                    + " is for root only; run as root",
                                            "Permission denied"),
                                    ""));
            assertThat(byNobody(shim(binary, "VERSION")).run().stdout())
                    .contains("supportedVersions");
            assertThat(daemon.waiting()).isZero();
        }
    }

    private static Shim byNobody(Shim shim) {
        return shim.with("PATH", System.getenv("PATH"))
                .by("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
}
