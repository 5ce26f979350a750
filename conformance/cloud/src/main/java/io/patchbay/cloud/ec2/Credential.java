package io.patchbay.cloud.ec2;

import java.time.Instant;
import java.util.Optional;

/// What a caller signs with.
///
/// @param token of the session; empty for a user's own key
/// @param expiration of the session
public record Credential(
        String accessKeyId,
        String secretAccessKey,
        Optional<String> token,
        Optional<Instant> expiration) {}
