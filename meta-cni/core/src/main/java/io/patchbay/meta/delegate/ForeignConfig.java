package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.spi.cni.CniResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a foreign CNI binary is called with, in whatever verb. The core reads nothing of it.
///
/// @param type the name it was asked for by
/// @param json the whole configuration of the step, but for prevResult
/// @param args the pairs of CNI_ARGS
/// @param path CNI_PATH
/// @param netns CNI_NETNS, for an IPAM binary; empty when the namespace is gone
public record ForeignConfig(
        String type,
        Path binary,
        CniVersion version,
        ObjectNode json,
        Map<String, String> args,
        List<String> path,
        String netns) {
    public ForeignConfig {
        args = Map.copyOf(args);
        path = List.copyOf(path);
    }

    /// With a prevResult, in the configuration's version; on DEL and CHECK that came with 0.4.0.
    ForeignConfig after(CniResult result) {
        if (!version.isAtLeast(CniVersion.V0_4_0)) {
            return this;
        }
        ObjectNode after = json.deepCopy();
        after.set("prevResult", ResultCodec.encode(result, version));
        return new ForeignConfig(type, binary, version, after, args, path, netns);
    }
}
