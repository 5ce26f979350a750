package io.patchbay.vpc.imds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A metadata service of sockets alone, so that it can also be silent, or talk no HTTP. One request
/// a connection; each gets the next answer of the script for its path, the last one for good.
public final class ScriptedImds implements AutoCloseable {
    /// No answer at all, until the client gives up.
    static final String SILENCE = "silence";

    private static final String TOKEN = "X-aws-ec2-metadata-token:";

    private final ServerSocket server;
    private final Map<String, Deque<String>> scripts = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public ScriptedImds() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        token("one");
        Thread.ofPlatform().daemon().start(this::serve);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// Method and path of each, and the token where there was one.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public ScriptedImds token(String... tokens) {
        String[] answers = new String[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            answers[i] = http(200, tokens[i]);
        }
        return raw("/latest/api/token", answers);
    }

    public ScriptedImds value(String path, String body) {
        return raw("/latest/meta-data/" + path, http(200, body));
    }

    synchronized ScriptedImds raw(String path, String... answers) {
        scripts.put(path, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    static String http(int status, String body) {
        return "HTTP/1.1 %d Status\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
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
            String request = input.readLine();
            if (request == null) {
                return;
            }
            requests.add(request.replace(" HTTP/1.1", "") + token(input));
            String answer = next(request.split(" ", -1)[1]);
            if (answer.equals(SILENCE)) {
                input.transferTo(Writer.nullWriter());
            } else {
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            requests.add("gone: " + e.getMessage());
        }
    }

    private static String token(BufferedReader headers) throws IOException {
        String token = "";
        String line = headers.readLine();
        while (line != null && !line.isEmpty()) {
            token = line.startsWith(TOKEN) ? line.substring(TOKEN.length()) : token;
            line = headers.readLine();
        }
        return token;
    }

    private synchronized String next(String path) {
        Deque<String> script = scripts.get(path);
        if (script == null) {
            return http(404, "");
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
