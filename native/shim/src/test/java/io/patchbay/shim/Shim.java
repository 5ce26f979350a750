package io.patchbay.shim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An invocation of the executable, with exactly the environment given.
record Shim(Path binary, Map<String, String> environment, ByteBuffer stdin, List<String> wrapper) {

    static final Path RELEASE = Path.of(System.getProperty("patchbay.shim", "target/patchbay"));
    static final Path SANITIZED = RELEASE.resolveSibling("patchbay-sanitized");

    /// What a run left behind.
    record Ended(int status, String stdout, String stderr) {}

    /// Both builds, for parameterised tests: the second turns any misuse of memory into a failure.
    static Stream<Path> builds() {
        return Stream.of(RELEASE, SANITIZED);
    }

    static Shim of(Path binary, String command) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CNI_COMMAND", command);
        return new Shim(binary, environment, ByteBuffer.allocate(0), List.of());
    }

    Shim with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(key, value);
        return new Shim(binary, more, stdin, wrapper);
    }

    Shim without(String key) {
        Map<String, String> less = new LinkedHashMap<>(environment);
        less.remove(key);
        return new Shim(binary, less, stdin, wrapper);
    }

    Shim at(Path socket) {
        return with("PATCHBAY_SOCKET", socket.toString());
    }

    Shim keepingIn(Path state) {
        return with("PATCHBAY_STATE", state.toString());
    }

    Shim within(int milliseconds) {
        return with("PATCHBAY_DEADLINE_MS", Integer.toString(milliseconds));
    }

    /// The names that a runtime gives to the attachment of an ADD, CHECK or DEL.
    Shim attachment(String containerId, String ifname) {
        return with("CNI_CONTAINERID", containerId).with("CNI_IFNAME", ifname);
    }

    Shim reading(byte[] bytes) {
        return new Shim(binary, environment, ByteBuffer.wrap(bytes), wrapper);
    }

    Shim reading(String text) {
        return reading(text.getBytes(UTF_8));
    }

    /// Runs it by way of another program, as in `unshare -m`.
    Shim by(String... program) {
        return new Shim(binary, environment, stdin, List.of(program));
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(binary.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Ended run(String... arguments) throws Exception {
        Process process = start(arguments);
        try (OutputStream input = process.getOutputStream()) {
            input.write(Request.bytes(stdin));
        } catch (IOException e) {
            // It may refuse before it has read everything: what it prints is what counts.
        }
        return end(process);
    }

    static Ended end(Process process) throws Exception {
        String stdout = new String(process.getInputStream().readAllBytes(), UTF_8);
        String stderr = new String(process.getErrorStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the shim hangs");
        }
        return new Ended(process.exitValue(), stdout, stderr);
    }

    /// The error object that the shim prints, for a code, a message and details that need no
    /// escape.
    static String error(int code, String message, String details) {
        return "{\"cniVersion\":\"1.1.0\",\"code\":%d,\"msg\":\"%s\",\"details\":\"%s\"}\n"
                .formatted(code, message, details);
    }
}
