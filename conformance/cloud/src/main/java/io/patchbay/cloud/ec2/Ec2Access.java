package io.patchbay.cloud.ec2;

import java.net.URI;
import java.util.Map;

/// How a client reaches EC2.
///
/// @param endpoint from this process's network namespace
/// @param fromNodes from the nodes' namespaces, by their first interface
public record Ec2Access(URI endpoint, URI fromNodes, String region, Credential credential) {
    /// What makes an AWS SDK or command in this process's namespace use it.
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_EC2", endpoint.toString(),
                "AWS_REGION", region,
                "AWS_ACCESS_KEY_ID", credential.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", credential.secretAccessKey());
    }
}
