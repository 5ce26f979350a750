package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.pod.CustomObjects;
import java.util.Optional;
import java.util.function.Function;

/// The custom objects of one kind as somebody wrote them. What its methods do not say is as {@link
/// CustomObjects} has it.
public interface WrittenObjects {
    /// The `spec`, whatever it is; an empty object where there is none.
    Optional<JsonNode> find(String name);

    Optional<String> trouble();

    /// @param change makes of the `spec` what is merged into it (RFC 7386); nothing is written
    ///   where that is nothing
    void update(String name, Function<JsonNode, ObjectNode> change);

    Changes changes();
}
