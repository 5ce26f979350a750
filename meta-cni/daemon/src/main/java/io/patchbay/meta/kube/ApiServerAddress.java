package io.patchbay.meta.kube;

import java.net.URI;
import java.nio.file.Path;

/// Where the API server is, who vouches for it, and as whom it is spoken to.
record ApiServerAddress(URI server, Path certificateAuthority, Path token, String node) {
    static URI at(URI server, String path) {
        String base = server.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
