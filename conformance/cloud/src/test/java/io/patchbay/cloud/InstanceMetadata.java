package io.patchbay.cloud;

import io.patchbay.cloud.fabric.TestNode;

/// Instance metadata as a node's own curl reads it.
final class InstanceMetadata {
    static final String ROOT = "http://169.254.169.254/latest/";

    private InstanceMetadata() {}

    static String of(TestNode node, String path) {
        String token =
                node.run(
                                "curl",
                                "-s",
                                "-X",
                                "PUT",
                                "-H",
                                "X-aws-ec2-metadata-token-ttl-seconds: 60",
                                ROOT + "api/token")
                        .output();
        return node.run("curl", "-s", "-H", "X-aws-ec2-metadata-token: " + token, ROOT + path)
                .output();
    }
}
