package io.patchbay.vpc.ec2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// An EC2 Query API of sockets alone, so that it can also be silent, or talk no HTTP. One request a
/// connection; each gets the next answer of the script for its action, the last one for good.
final class ScriptedEc2 implements AutoCloseable {
    /// No answer at all, until the client gives up.
    static final String SILENCE = "silence";

    private final ServerSocket server;
    private final Map<String, Deque<String>> scripts = new HashMap<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);

    ScriptedEc2() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::serve);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// The parameters of each, without the version.
    List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    /// Opens with the first request.
    CountDownLatch asked() {
        return asked;
    }

    /// Opens when a client has left a silence.
    CountDownLatch hungUp() {
        return hungUp;
    }

    synchronized ScriptedEc2 raw(String action, String... answers) {
        scripts.put(action, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    ScriptedEc2 answer(String action, String... bodies) {
        return raw(
                action, Arrays.stream(bodies).map(body -> ok(action, body)).toArray(String[]::new));
    }

    ScriptedEc2 refuse(String action, int status, String code, String words) {
        return raw(action, http(status, error(code, words)));
    }

    static String ok(String action, String body) {
        return http(
                200,
                "<%sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r-1</requestId>%s</%s>"
                        .formatted(action, body, action + "Response"));
    }

    static String error(String code, String words) {
        return "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>r-2</RequestID></Response>"
                .formatted(code, words);
    }

    static String http(int status, String body) {
        return "HTTP/1.1 %d Status\r\nContent-Type: text/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(client));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                var input =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8))) {
            Map<String, String> request = parameters(input);
            requests.add(request);
            asked.countDown();
            String answer = next(request.getOrDefault("Action", ""));
            if (answer.equals(SILENCE)) {
                hearOut(input);
            } else {
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            requests.add(Map.of("gone", String.valueOf(e.getMessage())));
        }
    }

    private void hearOut(BufferedReader input) throws IOException {
        try {
            input.transferTo(Writer.nullWriter());
        } finally {
            hungUp.countDown();
        }
    }

    private static Map<String, String> parameters(BufferedReader input) throws IOException {
        int length = 0;
        String line = input.readLine();
        while (line != null && !line.isEmpty()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
            line = input.readLine();
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            int got = input.read(body, read, length - read);
            if (got < 0) {
                break;
            }
            read += got;
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : new String(body, 0, read).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && !pair.startsWith("Version=")) {
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private synchronized String next(String action) {
        Deque<String> script = scripts.get(action);
        if (script == null) {
            return http(400, error("InvalidAction", "no script for " + action));
        }
        return script.size() > 1 ? script.remove() : script.getFirst();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
