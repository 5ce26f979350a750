package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Plugin;
import java.util.concurrent.atomic.AtomicBoolean;

/// What is certified: a meta plugin with its configuration, on a node of a cluster.
///
/// @param config as a runtime gives it to the plugin
/// @param cniPath CNI_PATH, behind the suite's own plugins
/// @param node the name of this node in the cluster
/// @param deaf whether a pod was waited for in vain, so that no further row waits
public record MetaPlugin(
        Plugin plugin,
        ObjectNode config,
        String cniPath,
        PodCluster cluster,
        String node,
        AtomicBoolean deaf) {
    public MetaPlugin {
        config = config.deepCopy();
    }
}
