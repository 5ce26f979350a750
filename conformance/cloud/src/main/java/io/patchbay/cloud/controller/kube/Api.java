package io.patchbay.cloud.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An API server by HTTP. Every failure is an {@link ApiRefusal}. Safe from any thread.
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String PLAIN = "application/json";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_ERROR = 300;

    private final ApiAddress address;
    private final HttpClient client;

    Api(ApiAddress address) {
        this.address = address;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .sslContext(trusting(address.authority()))
                        .build();
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream file = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry(Integer.toString(store.size()), each);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(authority), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "%s has no certificates in PEM that can be trusted".formatted(authority), e);
        }
    }

    JsonNode get(String path) {
        return read(path, send(request(path).timeout(PATIENCE).build()));
    }

    JsonNode send(String method, String path, String type, JsonNode body) {
        return read(
                method + " " + path,
                send(
                        request(path)
                                .timeout(PATIENCE)
                                .header("Content-Type", type)
                                .method(method, BodyPublishers.ofString(body.toString()))
                                .build()));
    }

    /// An answer that goes on.
    InputStream open(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.server() + path))
                .header("Authorization", "Bearer " + address.token());
    }

    private InputStream send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() >= FIRST_ERROR) {
                String reason = read("a Status", answer.body()).path("message").asText();
                throw new ApiRefusal(
                        answer.statusCode(),
                        "%s of %s is answered with %d: %s"
                                .formatted(
                                        request.method(),
                                        request.uri(),
                                        answer.statusCode(),
                                        reason));
            }
            return answer.body();
        } catch (IOException e) {
            throw new ApiRefusal(
                    0, "%s of %s failed: %s".formatted(request.method(), request.uri(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiRefusal(0, "interrupted while %s was asked".formatted(request.uri()));
        }
    }

    private static JsonNode read(String what, InputStream body) {
        try (body) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new ApiRefusal(0, "the answer to %s is broken: %s".formatted(what, e));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
