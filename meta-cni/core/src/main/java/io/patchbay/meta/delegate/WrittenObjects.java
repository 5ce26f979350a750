package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.pod.CustomObjects;
import java.util.Optional;

/// The custom objects of one kind as somebody wrote them. What its methods do not say is as {@link
/// CustomObjects} has it.
public interface WrittenObjects {
    /// The `spec`, whatever it is; an empty object where there is none.
    Optional<JsonNode> find(String name);

    Optional<String> trouble();

    Changes changes();
}
