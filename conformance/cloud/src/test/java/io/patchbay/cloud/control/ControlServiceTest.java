package io.patchbay.cloud.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlServiceTest {
    private final Faults faults = new Faults(InstantSource.system());
    private final ControlService service =
            ControlService.open(faults, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(service.endpoint() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void theWeatherIsSetAndToldAgain() throws Exception {
        String weather =
                """
                {"buckets": {"*": {"capacity": 5, "perSecond": 0.5}},
                 "latency": {"CreateNetworkInterface": 0.25},
                 "lag": 2, "imdsLag": 3.5, "credentialsExpired": true}
                """;
        assertThat(ask("PUT", "/weather", weather).statusCode()).isEqualTo(200);
        Weather wanted =
                Weather.FAIR
                        .limit("*", 5, 0.5)
                        .delay("CreateNetworkInterface", Duration.ofMillis(250))
                        .lag(Duration.ofSeconds(2))
                        .imdsLag(Duration.ofMillis(3500))
                        .credentialsExpired(true);
        assertThat(faults.weather()).isEqualTo(wanted);
        String told = ask("GET", "/weather", "").body();
        faults.clear();
        ask("PUT", "/weather", told);
        assertThat(faults.weather()).isEqualTo(wanted);
        ask("DELETE", "/weather", "");
        assertThat(faults.weather()).isEqualTo(Weather.FAIR);
    }

    @Test
    void theNextCallsMeetWhatIsAskedFor() throws Exception {
        ask("POST", "/next", "{\"action\": \"A\", \"times\": 2, \"lose\": true}");
        ask("POST", "/next", "{\"garble\": true}");
        ask(
                "POST",
                "/next",
                "{\"action\": \"B\", \"status\": 500, \"code\": \"C\", \"message\": \"m\"}");
        assertThat(faults.meet("A")).contains(new Fault.Lose());
        assertThat(faults.meet("A")).contains(new Fault.Lose());
        assertThat(faults.meet("A")).contains(new Fault.Garble());
        assertThat(faults.meet("A")).isEmpty();
        assertThat(faults.meet("B")).contains(new Fault.Refuse(500, "C", "m"));
        assertThat(ask("GET", "/calls", "").body()).isEqualTo("{\"A\":4,\"B\":1}");
        assertThat(ask("DELETE", "/calls", "").body()).isEqualTo("{}");
    }

    @Test
    void refusalsAreToldByTheirCode() throws Exception {
        faults.refuse("InsufficientCidrBlocks");
        assertThat(ask("GET", "/refused", "").body()).isEqualTo("{\"InsufficientCidrBlocks\":1}");
        ask("DELETE", "/calls", "");
        assertThat(faults.refused()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithASentence() throws Exception {
        HttpResponse<String> unknown = ask("PUT", "/weather", "{\"rain\": 1}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("rain");
        assertThat(ask("PUT", "/weather", "{").statusCode()).isEqualTo(400);
        assertThat(ask("POST", "/next", "{\"action\": \"A\"}").statusCode()).isEqualTo(400);
        assertThat(ask("PUT", "/weather", "{\"buckets\": {\"*\": {}}}").statusCode())
                .isEqualTo(400);
        assertThat(ask("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(faults.weather()).isEqualTo(Weather.FAIR);
    }
}
