package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.e2e.node.Answer;

/// One of the two that are compared, as a runtime calls it.
interface Side {
    /// Before the ADD of a pod.
    default void declare(String pod, Wish wish) {}

    /// @param previous the result of ADD; a missing node where there is none
    Answer call(String command, Sandbox sandbox, JsonNode previous);
}
