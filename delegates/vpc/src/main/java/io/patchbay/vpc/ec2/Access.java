package io.patchbay.vpc.ec2;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How EC2 is reached.
///
/// @param region which the requests are signed for
/// @param endpoint empty for the region's own
/// @param imds where the instance metadata service is, for the credentials of the node's role
/// @param timeout of a connection, and of each read
public record Access(String region, Optional<URI> endpoint, URI imds, Duration timeout) {
    /// What Amazon's plugin takes at least, and by default (its HTTP_TIMEOUT).
    public static final Duration LEAST_TIMEOUT = Duration.ofSeconds(10);

    // The first is the SDKs' own, the second Amazon's plugin's.
    private static final List<String> VARIABLES =
            List.of("AWS_ENDPOINT_URL_EC2", "AWS_EC2_ENDPOINT");

    public Access {
        if (region.isBlank()) {
            throw new IllegalArgumentException("\"region\" is empty: name one, such as eu-west-1");
        }
    }

    /// The key `ec2` of the settings, else the environment's word, else the region's own endpoint.
    public static Optional<URI> endpoint(
            Optional<String> setting, Map<String, String> environment) {
        return setting.map(text -> parse("\"ec2\"", text))
                .or(() ->
                        VARIABLES.stream()
                                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                                .findFirst()
                                .map(name -> parse(name, environment.getOrDefault(name, ""))));
    }

    /// Anything but an http or https URL with a host is an IllegalArgumentException that quotes it.
    public static URI parse(String key, String text) {
        try {
            URI uri = URI.create(text.strip());
            if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw refused(key, text);
        }
        throw refused(key, text);
    }

    private static IllegalArgumentException refused(String key, String text) {
        return new IllegalArgumentException(
                "%s is \"%s\": write it as https://HOST or https://HOST:PORT".formatted(key, text));
    }
}
