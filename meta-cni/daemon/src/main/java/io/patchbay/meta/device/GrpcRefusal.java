package io.patchbay.meta.device;

import java.io.Serial;

/// A call that a gRPC server answered with a status other than 0. Source: gRPC, "Status codes and
/// their use in gRPC".
final class GrpcRefusal extends RuntimeException {
    static final int UNKNOWN = 2;
    static final int UNIMPLEMENTED = 12;

    @Serial private static final long serialVersionUID = 1L;

    private final int status;

    GrpcRefusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }
}
