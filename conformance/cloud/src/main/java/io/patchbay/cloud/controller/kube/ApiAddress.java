package io.patchbay.cloud.controller.kube;

import java.net.URI;
import java.nio.file.Path;

/// Where an API server is, who vouches for it, and as whom it is spoken to.
///
/// @param authority a file of certificates (PEM)
/// @param token the bearer's
public record ApiAddress(URI server, Path authority, String token) {}
