package io.patchbay.cloud.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The weather and its faults as JSON: durations are seconds, and what is not said is fair.
final class WeatherJson {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final double NANOS = 1e9;

    private WeatherJson() {}

    static ObjectNode encode(Weather weather) {
        ObjectNode out = JSON.createObjectNode();
        ObjectNode buckets = out.putObject("buckets");
        weather.buckets()
                .forEach((action, bucket) ->
                        buckets.putObject(action)
                                .put("capacity", bucket.capacity())
                                .put("perSecond", bucket.perSecond()));
        ObjectNode latency = out.putObject("latency");
        weather.latency().forEach((action, by) -> latency.put(action, seconds(by)));
        return out.put("lag", seconds(weather.lag()))
                .put("imdsLag", seconds(weather.imdsLag()))
                .put("credentialsExpired", weather.credentialsExpired());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    static Weather decodeWeather(JsonNode json) {
        refuseOthers(json, Set.of("buckets", "latency", "lag", "imdsLag", "credentialsExpired"));
        return new Weather(
                map(
                        json.path("buckets"),
                        bucket ->
                                new Bucket(
                                        bucket.path("capacity").asInt(),
                                        bucket.path("perSecond").asDouble())),
                map(json.path("latency"), WeatherJson::duration),
                duration(json.path("lag")),
                duration(json.path("imdsLag")),
                json.path("credentialsExpired").asBoolean());
    }

    /// `lose`, `garble`, or the status, code and message of a refusal.
    static Fault decodeFault(JsonNode json) {
        refuseOthers(
                json, Set.of("action", "times", "lose", "garble", "status", "code", "message"));
        if (json.path("lose").asBoolean()) {
            return new Fault.Lose();
        }
        if (json.path("garble").asBoolean()) {
            return new Fault.Garble();
        }
        if (!json.hasNonNull("code")) {
            throw new IllegalArgumentException(
                    "a fault says \"lose\", \"garble\", or the \"code\" of a refusal: " + json);
        }
        return new Fault.Refuse(
                json.path("status").asInt(400),
                json.path("code").asText(),
                json.path("message").asText());
    }

    private static void refuseOthers(JsonNode json, Set<String> known) {
        json.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        throw new IllegalArgumentException(
                                "\"%s\" is no key here: there are %s".formatted(name, known));
                    }
                });
    }

    private static <V> Map<String, V> map(JsonNode json, Function<JsonNode, V> value) {
        Map<String, V> map = new HashMap<>();
        json.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        return map;
    }

    private static Duration duration(JsonNode json) {
        double seconds = json.asDouble();
        if (seconds < 0) {
            throw new IllegalArgumentException(seconds + " s is no duration");
        }
        return Duration.ofNanos((long) (seconds * NANOS));
    }
}
