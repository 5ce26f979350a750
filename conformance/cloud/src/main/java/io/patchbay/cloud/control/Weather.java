package io.patchbay.cloud.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How the cloud is to its callers, until told otherwise.
///
/// @param buckets by action; `*` is one for all actions that have none of their own
/// @param latency by action; `*` for all that have none of their own
/// @param lag by which descriptions are behind, and a new id is not known yet
/// @param imdsLag by which instance metadata are behind
/// @param credentialsExpired whether every session has expired
public record Weather(
        Map<String, Bucket> buckets,
        Map<String, Duration> latency,
        Duration lag,
        Duration imdsLag,
        boolean credentialsExpired) {
    public static final String ALL = "*";
    public static final Weather FAIR =
            new Weather(Map.of(), Map.of(), Duration.ZERO, Duration.ZERO, false);

    public Weather {
        buckets = Map.copyOf(buckets);
        latency = Map.copyOf(latency);
    }

    public Weather limit(String action, int capacity, double perSecond) {
        return new Weather(
                with(buckets, action, new Bucket(capacity, perSecond)),
                latency,
                lag,
                imdsLag,
                credentialsExpired);
    }

    public Weather delay(String action, Duration by) {
        return new Weather(buckets, with(latency, action, by), lag, imdsLag, credentialsExpired);
    }

    public Weather lag(Duration by) {
        return new Weather(buckets, latency, by, imdsLag, credentialsExpired);
    }

    public Weather imdsLag(Duration by) {
        return new Weather(buckets, latency, lag, by, credentialsExpired);
    }

    public Weather credentialsExpired(boolean expired) {
        return new Weather(buckets, latency, lag, imdsLag, expired);
    }

    Duration latencyOf(String action) {
        return latency.getOrDefault(action, latency.getOrDefault(ALL, Duration.ZERO));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
