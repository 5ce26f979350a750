package io.patchbay.vpc.imds;

import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A few reads of the instance metadata service, with one token. Its threads and sockets are in the
/// network namespace of the thread that opens it, and end with it. Not safe from several threads.
/// Source: EC2 user guide, "Use the Instance Metadata Service to access instance metadata".
final class ImdsSession implements AutoCloseable {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final int TTL_SECONDS = 300;
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long LARGEST_ANSWER = 64 * 1024;

    /// For a service without TLS. The default context reads every root certificate of the machine,
    /// which takes longer than all the rest of a start.
    private static final SSLContext WITHOUT_ROOTS = withoutRoots();

    private final URI endpoint;
    private final Duration timeout;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("imds-", 0).factory());
    private final HttpClient client;
    private String token = "";

    /// @param timeout of one attempt
    ImdsSession(URI endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(threads)
                        .connectTimeout(timeout)
                        // A proxy would answer with its own machine's metadata.
                        .proxy(HttpClient.Builder.NO_PROXY);
        if ("http".equals(endpoint.getScheme())) {
            builder.sslContext(WITHOUT_ROOTS);
        }
        this.client = builder.build();
    }

    private static SSLContext withoutRoots() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /// A value below `/latest/meta-data/`, or empty where the instance has none.
    Optional<String> find(String path) {
        if (token.isEmpty()) {
            token = newToken();
        }
        URI uri = endpoint.resolve("/latest/meta-data/" + path);
        HttpResponse<String> answer = get(uri);
        if (answer.statusCode() == 401) {
            token = newToken();
            answer = get(uri);
        }
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body().strip());
            case 404 -> Optional.empty();
            default -> throw refused(uri, answer);
        };
    }

    private HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(timeout).header(TOKEN, token).build());
    }

    private String newToken() {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve("/latest/api/token"))
                        .timeout(timeout)
                        .header(TTL, Integer.toString(TTL_SECONDS))
                        .PUT(BodyPublishers.noBody())
                        .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw refused(request.uri(), answer);
        }
        return answer.body().strip();
    }

    /// Tries again what may pass: no answer, and an answer that blames the server or the rate.
    private HttpResponse<String> send(HttpRequest request) {
        Optional<IOException> silence = Optional.empty();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    HttpResponse<String> answer =
                            client.send(
                                    request,
                                    BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
                    if (!mayPass(answer) || attempt == ATTEMPTS) {
                        return answer;
                    }
                } catch (IOException e) {
                    silence = Optional.of(e);
                }
                if (attempt == ATTEMPTS && silence.isPresent()) {
                    throw silent(request, silence.get());
                }
                // An interrupt ends it, and the next attempt says so.
                LockSupport.parkNanos(PAUSE.multipliedBy(attempt).toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(
                    Reason.SILENT, "interrupted while reading " + request.uri(), e);
        }
    }

    private static boolean mayPass(HttpResponse<?> answer) {
        return answer.statusCode() == 429 || answer.statusCode() >= 500;
    }

    private static CloudException silent(HttpRequest request, IOException cause) {
        return new CloudException(
                Reason.SILENT,
                "the instance metadata service gave no answer to %s %s in %d attempts (%s): is it enabled, and is the endpoint right (key \"imds\" of section vpc, or %s)?"
                        .formatted(
                                request.method(),
                                request.uri(),
                                ATTEMPTS,
                                cause,
                                Endpoint.VARIABLE),
                cause);
    }

    private static CloudException refused(URI uri, HttpResponse<?> answer) {
        return new CloudException(
                reason(answer.statusCode()),
                "the instance metadata service answered %s with status %d"
                        .formatted(uri, answer.statusCode()));
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403 -> Reason.DENIED;
            case 429 -> Reason.THROTTLED;
            default -> status >= 500 ? Reason.SILENT : Reason.GARBLED;
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
        threads.close();
    }
}
