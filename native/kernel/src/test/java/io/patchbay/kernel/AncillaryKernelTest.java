package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.libc.LibC;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Descriptors that a python3 process sends.
@KernelTest
class AncillaryKernelTest {
    /// The server's half of the socket calls, which the daemon takes from elsewhere.
    public interface Server extends LibC {
        int listen(int sockfd, int backlog);

        int accept4(int sockfd, long addr, long addrlen, int flags);
    }

    private static final Server C = LibraryLoader.create(Server.class).load("c");
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    private static final String SENDER =
            """
            import socket, sys, os
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            files = [os.open(path, os.O_RDONLY) for path in sys.argv[2:]]
            socket.send_fds(s, [b"hello"], files) if files else s.send(b"hello")
            """;

    private static final String HALF =
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            s.shutdown(socket.SHUT_WR)
            print(".", flush=True)
            sys.stdin.read()
            """;

    @TempDir private Path folder;
    private int listener;

    @BeforeEach
    void listen() {
        listener = C.socket(AF_UNIX, SOCK_STREAM_CLOEXEC, 0);
        try (Memory memory = Memory.take()) {
            byte[] path = folder.resolve("sock").toString().getBytes(StandardCharsets.UTF_8);
            memory.buffer().putShort((short) AF_UNIX).put(path).put((byte) 0);
            Syscalls.call("bind", () -> C.bind(listener, memory.address(0), path.length + 3));
        }
        Syscalls.call("listen", () -> C.listen(listener, 1));
    }

    @AfterEach
    void close() {
        Syscalls.close(listener);
    }

    private AncillarySocket.Received receive(ByteBuffer into, String... files)
            throws IOException, InterruptedException {
        ProcessBuilder sender =
                new ProcessBuilder("python3", "-c", SENDER, folder.resolve("sock").toString());
        sender.command().addAll(java.util.List.of(files));
        Process process = sender.inheritIO().start();
        int connection = Syscalls.call("accept", () -> C.accept4(listener, 0, 0, 02000000));
        try {
            return AncillarySocket.receive(connection, into);
        } finally {
            Syscalls.close(connection);
            assertThat(process.waitFor()).isZero();
        }
    }

    private static String text(ByteBuffer received) {
        return StandardCharsets.UTF_8.decode(received.flip()).toString();
    }

    @Test
    void aDescriptorComesAlongWithTheOctetsAndIsNotInherited()
            throws IOException, InterruptedException {
        ByteBuffer into = ByteBuffer.allocateDirect(64);
        try (PrivateNetns witness = PrivateNetns.create()) {
            AncillarySocket.Received received = receive(into, witness.path());
            assertThat(received.count()).isEqualTo(5);
            assertThat(text(into)).isEqualTo("hello");
            int descriptor = received.descriptor().orElseThrow();
            assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + descriptor)))
                    .containsPattern("flags:\\s+02[0-7]+");
            try (OpenNetns netns = Kernel.ofThisMachine().adopt(descriptor, witness.path());
                    OpenNetns same = witness.open()) {
                assertThat(netns.inode()).isEqualTo(same.inode());
            }
        }
    }

    @Test
    void octetsAreAddedBehindThoseThatAreThere() throws IOException, InterruptedException {
        ByteBuffer into = ByteBuffer.allocateDirect(64).put(new byte[] {'<', '-'});
        receive(into);
        assertThat(into.position()).isEqualTo(7);
        assertThat(text(into)).isEqualTo("<-hello");
    }

    @Test
    void octetsMayComeAlone() throws IOException, InterruptedException {
        ByteBuffer into = ByteBuffer.allocateDirect(64);
        assertThat(receive(into)).isEqualTo(new AncillarySocket.Received(5, OptionalInt.empty()));
        assertThat(text(into)).isEqualTo("hello");
    }

    @Test
    void descriptorsBeyondTheFirstAreClosed() throws IOException, InterruptedException {
        String[] many = java.util.Collections.nCopies(200, "/dev/zero").toArray(String[]::new);
        long before = zeros();
        AncillarySocket.Received received = receive(ByteBuffer.allocateDirect(64), many);
        assertThat(zeros()).isEqualTo(before + 1);
        AncillarySocket.closeDescriptor(received.descriptor().orElseThrow());
        assertThat(zeros()).isEqualTo(before);
    }

    @Test
    void aPeerThatIsClosedHasHungUpAndOneThatSaysNoMoreHasNot()
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("python3", "-c", HALF, folder.resolve("sock").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int connection = Syscalls.call("accept", () -> C.accept4(listener, 0, 0, 02000000));
        assertThat(process.getInputStream().read()).as("the writing half is closed").isEqualTo('.');
        assertThat(AncillarySocket.isHungUp(connection)).isFalse();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(AncillarySocket.isHungUp(connection)).isTrue();
        Syscalls.close(connection);
    }

    private static long zeros() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(AncillaryKernelTest::isZero).count();
        }
    }

    private static boolean isZero(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).endsWith("zero");
        } catch (IOException e) {
            return false; // the one the folder is read with
        }
    }

    @Test
    void theEndOfTheStreamIsCountZero() throws IOException, InterruptedException {
        ByteBuffer into = ByteBuffer.allocateDirect(64);
        Process process =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                SENDER.replace("s.send(b\"hello\")", "s.close()"),
                                folder.resolve("sock").toString())
                        .inheritIO()
                        .start();
        int connection = Syscalls.call("accept", () -> C.accept4(listener, 0, 0, 02000000));
        assertThat(AncillarySocket.receive(connection, into))
                .isEqualTo(new AncillarySocket.Received(0, OptionalInt.empty()));
        Syscalls.close(connection);
        process.waitFor();
    }

    @Test
    void aSilentSenderIsGivenUpWithEagain() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                "import socket,sys; s=socket.socket(socket.AF_UNIX);"
                                        + " s.connect(sys.argv[1]); s.recv(1)",
                                folder.resolve("sock").toString())
                        .inheritIO()
                        .start();
        int connection = Syscalls.call("accept", () -> C.accept4(listener, 0, 0, 02000000));
        try (Memory timeval = Memory.take()) {
            timeval.buffer().putLong(0, 0).putLong(8, 20_000);
            Syscalls.call(
                    "set timeout",
                    () ->
                            C.setsockopt(
                                    connection, SOL_SOCKET, SO_RCVTIMEO, timeval.address(0), 16));
        }
        assertThatThrownBy(() -> AncillarySocket.receive(connection, ByteBuffer.allocateDirect(64)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(11));
        Syscalls.close(connection);
        process.waitFor();
    }

    @Test
    void aBufferOnTheHeapIsRefused() {
        assertThatThrownBy(() -> AncillarySocket.receive(listener, ByteBuffer.allocate(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
