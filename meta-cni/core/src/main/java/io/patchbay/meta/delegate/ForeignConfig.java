package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.device.DeviceId;
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
/// @param complaints where what it writes to stderr in a successful ADD is left
public record ForeignConfig(
        String type,
        Path binary,
        CniVersion version,
        ObjectNode json,
        Map<String, String> args,
        List<String> path,
        String netns,
        Complaints complaints) {
    public ForeignConfig {
        args = Map.copyOf(args);
        path = List.copyOf(path);
    }

    /// The same with the device at the top of the configuration, where sriov-cni and others look
    /// for it: a habit of Multus, which no specification has.
    ForeignConfig with(DeviceId device) {
        ObjectNode told = json.deepCopy();
        told.put("deviceID", device.value());
        told.put("pciBusID", device.value());
        return with(told);
    }

    /// With a prevResult, in the configuration's version; on DEL and CHECK that came with 0.4.0.
    ForeignConfig after(CniResult result) {
        if (!version.isAtLeast(CniVersion.V0_4_0)) {
            return this;
        }
        ObjectNode after = json.deepCopy();
        after.set("prevResult", ResultCodec.encode(result, version));
        return with(after);
    }

    private ForeignConfig with(ObjectNode changed) {
        return new ForeignConfig(type, binary, version, changed, args, path, netns, complaints);
    }
}
