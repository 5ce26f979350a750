package io.patchbay.meta.cni;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A decoded call of the runtime.
///
/// @param containerId empty for STATUS, VERSION and GC, as is `ifName`
/// @param netns CNI_NETNS; may be absent on DEL
/// @param args the pairs of CNI_ARGS
/// @param path the directories of CNI_PATH, in their order
/// @param config our own plugin configuration as the runtime gave it; for VERSION nothing but its
///   cniVersion
public record CniRequest(
        CniCommand command,
        String containerId,
        Optional<String> netns,
        String ifName,
        Map<String, String> args,
        List<String> path,
        CniVersion version,
        PluginConfig config) {
    private static final String VALID = "cni.dev/valid-attachments";
    // What libcni before 1.1.1 called it, and still sends too.
    private static final String VALID_BEFORE = "cni.dev/attachments";

    public CniRequest {
        args = Map.copyOf(args);
        path = List.copyOf(path);
    }

    /// The `prevResult`, decoded now; empty where the runtime gave none, or one that tells nothing.
    public Optional<CniResult> previousResult() {
        return config.find("prevResult")
                .filter(result -> !result.isNull())
                .map(result -> ResultCodec.decode("prevResult on stdin", result))
                .filter(result -> !result.equals(CniResult.EMPTY));
    }

    /// What GC must leave alone. A request that has no list at all is refused: it would otherwise
    /// mean that nothing is valid.
    public List<ValidAttachment> validAttachments() {
        var json = JsonObject.read(RequestDecoder.STDIN, config.json());
        String key = json.json().has(VALID) ? VALID : VALID_BEFORE;
        if (!json.json().has(key)) {
            throw CniException.invalidConfig(
                    "%s, key \"%s\": it is missing: without a list of what is valid GC would remove everything"
                            .formatted(RequestDecoder.STDIN, VALID));
        }
        return json.objects(key).stream()
                .map(entry ->
                        new ValidAttachment(
                                entry.getString("containerID"), entry.getString("ifname")))
                .toList();
    }
}
