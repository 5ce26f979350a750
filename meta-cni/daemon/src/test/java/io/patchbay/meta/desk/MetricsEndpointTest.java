package io.patchbay.meta.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class MetricsEndpointTest {
    private final Metrics metrics = new Metrics();
    private MetricsEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint =
                MetricsEndpoint.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private record Response(int status, String type, String allow, String body) {}

    private Response request(String method, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        int status = connection.getResponseCode();
        String body = "";
        if (status == 200) {
            try (InputStream octets = connection.getInputStream()) {
                body = new String(octets.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return new Response(
                status,
                Objects.requireNonNullElse(connection.getHeaderField("Content-Type"), ""),
                Objects.requireNonNullElse(connection.getHeaderField("Allow"), ""),
                body);
    }

    @Test
    void itServesTheTextUnderItsType() throws IOException {
        metrics.of("vpc").count("calls", 3, "place", "Zürich");
        Response response = request("GET", "/metrics");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .isEqualTo(metrics.text())
                .contains("patchbay_vpc_calls_total{place=\"Zürich\"} 3");
        Response head = request("HEAD", "/metrics");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void nothingCountedIsAnEmptyText() throws IOException {
        Response response = request("GET", "/metrics");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anotherPathIsNotFoundAndAnotherMethodNotAllowed() throws IOException {
        assertThat(request("GET", "/").status()).isEqualTo(404);
        assertThat(request("GET", "/metrics/more").status()).isEqualTo(404);
        Response post = request("POST", "/metrics");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.allow()).isEqualTo("GET, HEAD");
    }

    @Test
    void onceClosedNobodyListensAndAnAddressThatIsTakenIsRefused() throws IOException {
        InetSocketAddress address = endpoint.address();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MetricsEndpoint.open(address, metrics));
        assertThat(request("GET", "/metrics").status()).isEqualTo(200);
        endpoint.close();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> request("GET", "/metrics"));
    }
}
