package io.patchbay.cloud.ec2;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/// What the SDK makes of a refusal.
record Refused(int status, String code, String message) {
    static Refused by(ThrowingCallable call) {
        Ec2Exception e = catchThrowableOfType(Ec2Exception.class, call);
        return new Refused(
                e.statusCode(),
                e.awsErrorDetails().errorCode(),
                e.awsErrorDetails().errorMessage());
    }

    static String code(ThrowingCallable call) {
        return by(call).code();
    }
}
