package io.patchbay.cloud.vpc;

import java.io.Serial;

/// EC2 does not do what it is asked. Nothing has changed. Code and message are EC2's own. Source:
/// EC2 API reference, "Error codes"; for what it does not quote, reports of users.
public final class Ec2Refusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;

    private final int status;
    private final String code;

    public Ec2Refusal(String code, String message) {
        this(BAD_REQUEST, code, message);
    }

    /// @param status of HTTP
    public Ec2Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public static Ec2Refusal parameter(String message) {
        return new Ec2Refusal("InvalidParameterValue", message);
    }

    public static Ec2Refusal missing(String parameter) {
        return new Ec2Refusal(
                "MissingParameter",
                "The request must contain the parameter %s".formatted(parameter));
    }

    static Ec2Refusal notPermitted(String message) {
        return new Ec2Refusal("OperationNotPermitted", message);
    }

    static Ec2Refusal unsupported(String message) {
        return new Ec2Refusal("UnsupportedOperation", message);
    }
}
