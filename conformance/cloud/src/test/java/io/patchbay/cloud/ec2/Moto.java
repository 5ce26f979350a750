package io.patchbay.cloud.ec2;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A server of moto, an EC2 that others wrote.
final class Moto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final URI endpoint;

    private Moto(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static Moto start() {
        int port = freePort();
        String server = run(tool()).strip();
        Process process = spawn(server, "-H", "127.0.0.1", "-p", Integer.toString(port));
        Moto moto = new Moto(process, URI.create("http://127.0.0.1:" + port));
        try {
            moto.awaitPort(port);
        } catch (RuntimeException e) {
            moto.close();
            throw e;
        }
        return moto;
    }

    private static Process spawn(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Above the module's directory, where tests run.
    private static String tool() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path tool = at.resolve("tools/moto");
            if (Files.isExecutable(tool)) {
                return tool.toString();
            }
        }
        throw new IllegalStateException("tools/moto is not above " + Path.of("").toAbsolutePath());
    }

    private static String run(String tool) {
        try {
            Process process =
                    new ProcessBuilder(tool).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " ended with " + process.exitValue());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A server of others tells by nothing but its port that it is there.
    private void awaitPort(int port) {
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                pause();
            }
        }
        throw new IllegalStateException("moto does not listen at port " + port);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
