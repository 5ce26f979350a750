package io.patchbay.meta.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// Unary calls of a gRPC server on a unix socket. A client that is never called costs nothing, and
/// between two calls there is no connection. Source: gRPC over HTTP2, doc/PROTOCOL-HTTP2.md.
final class GrpcClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 16 << 20;
    private static final int PREFIX = 5;

    private final String who;
    private final Path socket;
    private @Nullable OkHttpClient client;

    /// @param who names the server in refusals
    GrpcClient(String who, Path socket) {
        this.who = who;
        this.socket = socket;
    }

    /// Returns the answer. An UncheckedIOException where there is none, a {@link GrpcRefusal} where
    /// it is no.
    byte[] call(String service, String method, byte[] message) {
        Request request =
                new Request.Builder()
                        .url("http://localhost/%s/%s".formatted(service, method))
                        .header("te", "trailers")
                        .header("accept-encoding", "identity")
                        .header("grpc-timeout", PATIENCE.toSeconds() + "S")
                        .header("user-agent", "patchbay")
                        .post(
                                RequestBody.create(
                                        framed(message), MediaType.get("application/grpc")))
                        .build();
        try (Response response = client().newCall(request).execute()) {
            return read(response, service + "/" + method);
        } catch (IOException e) {
            // Around a refused connection stands a sentence about the address that was made up.
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UncheckedIOException(
                    "%s does not answer on %s (%s)".formatted(who, socket, reason.getMessage()), e);
        }
    }

    private synchronized OkHttpClient client() {
        if (client == null) {
            InetAddress nowhere = InetAddress.getLoopbackAddress();
            client =
                    new OkHttpClient.Builder()
                            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                            .socketFactory(new UnixSocketFactory(socket))
                            .dns(_ -> List.of(nowhere))
                            .proxy(Proxy.NO_PROXY)
                            .followRedirects(false)
                            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                            .callTimeout(PATIENCE)
                            .build();
        }
        return client;
    }

    /// Not compressed, and its length in front.
    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private byte[] read(Response response, String method) throws IOException {
        if (response.code() != 200) {
            throw new IOException("HTTP status " + response.code());
        }
        Buffer frame = drain(response.body());
        // A refusal without a message has its status among the headers.
        String inHeaders = response.header("grpc-status");
        var trailers = inHeaders == null ? response.trailers() : response.headers();
        String status = trailers.get("grpc-status");
        if (status == null) {
            throw new IOException("an answer without grpc-status");
        }
        if (!status.equals("0")) {
            throw refusal(status, method, trailers.get("grpc-message"));
        }
        if (frame.size() < PREFIX || frame.readByte() != 0 || frame.readInt() != frame.size()) {
            throw new IOException("an answer that is not one plain message");
        }
        return frame.readByteArray();
    }

    private static Buffer drain(ResponseBody body) throws IOException {
        Buffer frame = new Buffer();
        BufferedSource source = body.source();
        while (source.read(frame, MOST) >= 0) {
            if (frame.size() > MOST) {
                throw new IOException("an answer of more than %d MiB".formatted(MOST >> 20));
            }
        }
        return frame;
    }

    private GrpcRefusal refusal(String status, String method, @Nullable String message)
            throws IOException {
        try {
            return new GrpcRefusal(
                    Integer.parseInt(status),
                    "%s refuses %s on %s with status %s (%s)"
                            .formatted(who, method, socket, status, message));
        } catch (NumberFormatException e) {
            throw new IOException("grpc-status \"%s\" is no number".formatted(status), e);
        }
    }
}
