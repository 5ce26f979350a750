package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Where a meta plugin finds pods and networks.
public interface PodCluster extends AutoCloseable {
    /// The namespace of the suite's pods, which nobody else has anything in.
    String namespace();

    /// A second one.
    String otherNamespace();

    /// Creates objects that are not there yet.
    void create(List<ObjectNode> objects);

    /// Empty where pods have none.
    String uid(String pod);

    /// The network-status of a pod of {@link #namespace}; a missing node where it has none.
    JsonNode status(String pod);

    /// Removes all that was created.
    @Override
    void close();
}
