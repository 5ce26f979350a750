package io.patchbay.cloud.imds;

import java.time.Instant;

/// Credentials of an instance's role. Source: EC2 user guide, "Retrieve security credentials from
/// instance metadata".
///
/// @param role its name
public record Credentials(
        String role,
        String accessKeyId,
        String secretAccessKey,
        String token,
        Instant since,
        Instant expiration) {
    String json() {
        return """
        {
          "Code" : "Success",
          "LastUpdated" : "%s",
          "Type" : "AWS-HMAC",
          "AccessKeyId" : "%s",
          "SecretAccessKey" : "%s",
          "Token" : "%s",
          "Expiration" : "%s"
        }\
        """
                .formatted(since, accessKeyId, secretAccessKey, token, expiration);
    }
}
