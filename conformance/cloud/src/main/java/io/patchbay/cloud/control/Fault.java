package io.patchbay.cloud.control;

/// What happens to one call.
public sealed interface Fault {
    /// It is refused, and nothing is done.
    record Refuse(int status, String code, String message) implements Fault {}

    /// It is carried out, and the connection closed without an answer.
    record Lose() implements Fault {}

    /// It is carried out, and answered by what is no answer.
    record Garble() implements Fault {}

    /// The caller may not do this.
    static Fault unauthorized() {
        return new Refuse(
                403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
    }

    /// Something is wrong within EC2.
    static Fault unavailable() {
        return new Refuse(
                503, "Unavailable", "The server is overloaded and cannot handle the request.");
    }

    static Fault internalError() {
        return new Refuse(500, "InternalError", "An internal error has occurred");
    }
}
