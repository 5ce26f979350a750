package io.patchbay.vpc.ec2;

import io.patchbay.vpc.imds.ScriptedImds;

/// The credentials of an instance's role, as the metadata service gives them.
final class Role {
    private static final String PATH = "iam/security-credentials/";
    private static final String CREDENTIALS =
            """
            {"Code": "Success", "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC",
             "AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "%s",
             "Expiration": "2126-01-01T00:00:00Z"}
            """;

    private Role() {}

    static ScriptedImds served() {
        return served("AKIDTEST", "secret", "token");
    }

    static ScriptedImds served(String key, String secret, String token) {
        return new ScriptedImds()
                .value(PATH, "node-role")
                .value(PATH + "node-role", CREDENTIALS.formatted(key, secret, token));
    }
}
