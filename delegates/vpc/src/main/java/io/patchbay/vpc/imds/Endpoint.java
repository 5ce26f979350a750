package io.patchbay.vpc.imds;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where the instance metadata service is.
public final class Endpoint {
    /// As every AWS SDK knows it.
    static final String VARIABLE = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

    private static final String DEFAULT = "http://169.254.169.254";

    private Endpoint() {}

    /// The key `imds` of the settings, else the environment's word, else the link-local address.
    public static URI of(Optional<String> setting, Map<String, String> environment) {
        return setting.map(text -> parse("\"imds\"", text))
                .or(() ->
                        Optional.ofNullable(environment.get(VARIABLE))
                                .filter(text -> !text.isBlank())
                                .map(text -> parse(VARIABLE, text)))
                .orElseGet(() -> URI.create(DEFAULT));
    }

    /// Anything but an http URL with a host is an IllegalArgumentException that quotes it.
    public static URI parse(String key, String text) {
        try {
            URI uri = URI.create(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw refused(key, text);
        }
        throw refused(key, text);
    }

    private static IllegalArgumentException refused(String key, String text) {
        return new IllegalArgumentException(
                "%s is \"%s\": write it as http://HOST or http://HOST:PORT".formatted(key, text));
    }
}
