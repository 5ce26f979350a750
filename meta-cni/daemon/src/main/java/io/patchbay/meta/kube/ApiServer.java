package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The API server by HTTP. Every failure is an {@link ApiFailure}. Safe from any thread.
final class ApiServer implements AutoCloseable {
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}");
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /// For one answer whole, the connection included.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Who calls knows best whether to call again.
    private static final RequestConfig NO_RETRIES =
            new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();

    private final URI address;
    private final Login login;
    private final HttpClient client;

    ApiServer(URI address, Login login) {
        this.address = address;
        this.login = login;
        HttpClient.Builder builder = new JdkHttpClientFactory().newBuilder();
        builder.connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        if ("https".equals(address.getScheme())) {
            builder.sslContext(login.certificates(), login.authorities());
        }
        builder.tag(NO_RETRIES);
        this.client = builder.build();
    }

    /// Such as `the cluster of https://10.0.0.1:6443`.
    String title() {
        return "the cluster of " + address;
    }

    /// One call.
    ///
    /// @param accept the media types that the answer may have
    /// @param body empty for none
    record Call(String method, String path, String accept, String contentType, String body) {
        static Call get(String path, String accept) {
            return new Call("GET", path, accept, "", "");
        }

        static Call send(String method, String path, String contentType, JsonNode body) {
            return new Call(method, path, JSON, contentType, Json.text(body));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    JsonNode call(Call call) {
        return decode(call, bytes(call));
    }

    /// The answer as it is, whole.
    byte[] bytes(Call call) {
        return exchange(call, byte[].class, body -> body);
    }

    /// An answer that goes on; reading from it blocks. The caller closes it.
    InputStream stream(Call call) {
        return exchange(call, InputStream.class, ApiServer::drain);
    }

    private interface Reader<T> {
        byte[] read(T body);
    }

    private <T> T exchange(Call call, Class<T> type, Reader<T> reader) {
        String bearer = login.token();
        HttpResponse<T> response = send(call, bearer, type);
        if (response.code() == ApiFailure.UNAUTHORIZED) {
            reader.read(response.body());
            login.refused(bearer);
            response = send(call, login.token(), type);
        }
        if (!response.isSuccessful()) {
            throw new ApiFailure(
                    response.code(),
                    "%s of %s is answered with %d: %s"
                            .formatted(
                                    call.method(),
                                    uri(call),
                                    response.code(),
                                    reason(reader.read(response.body()))),
                    retryAfter(response));
        }
        return response.body();
    }

    /// The server tells seconds. Source: RFC 9110, Retry-After.
    private static Duration retryAfter(HttpResponse<?> response) {
        return Optional.ofNullable(response.header("Retry-After"))
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private <T> HttpResponse<T> send(Call call, String bearer, Class<T> type) {
        HttpRequest.Builder request =
                client.newHttpRequestBuilder()
                        .uri(uri(call))
                        .header("Accept", call.accept())
                        .header("User-Agent", "patchbay");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (!call.method().equals("GET")) {
            request.method(call.method(), call.contentType(), call.body());
        }
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request.build(), type);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw away(call, String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away(call, "no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away(call, "interrupted", e);
        }
    }

    private URI uri(Call call) {
        return ApiServerAddress.at(address, call.path());
    }

    private ApiFailure away(Call call, String reason, Exception cause) {
        return new ApiFailure(
                "%s of %s failed: %s".formatted(call.method(), uri(call), reason), cause);
    }

    private static JsonNode decode(Call call, byte[] body) {
        try {
            return Json.decode("the answer to " + call, body);
        } catch (CniException e) {
            throw new ApiFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /// What the server says: a Status has a message.
    private static String reason(byte[] body) {
        try {
            return Json.decode("a Status", body).path("message").asText("no reason is given");
        } catch (CniException e) {
            return "no reason is given";
        }
    }

    private static byte[] drain(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
