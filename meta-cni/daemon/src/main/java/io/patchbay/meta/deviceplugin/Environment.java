package io.patchbay.meta.deviceplugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The variables by which a container learns of its devices: `PCIDEVICE_PREFIX_NAME`, their
/// addresses with commas between, and the same with `_INFO` behind, what else is known of each as
/// JSON.
///
/// Both stand there under two names where the resource has a hyphen: with `_` for it, which a shell
/// can read, and with the hyphen, as the SR-IOV network device plugin spells it, which applications
/// know.
final class Environment {
    private static final String INFO = "_INFO";

    private Environment() {}

    static SequencedMap<String, String> of(PoolSettings pool, List<PoolDevice> devices) {
        String addresses =
                devices.stream()
                        .map(device -> device.address().value())
                        .collect(Collectors.joining(","));
        String info = Json.text(info(pool, devices));
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        for (String name : List.of(name(pool).replace('-', '_'), name(pool))) {
            variables.put(name, addresses);
            variables.put(name + INFO, info);
        }
        return variables;
    }

    private static String name(PoolSettings pool) {
        return "PCIDEVICE_%s_%s"
                .formatted(pool.resourcePrefix(), pool.resourceName())
                .replace('.', '_')
                .replace('/', '_')
                .toUpperCase(Locale.ROOT);
    }

    private static ObjectNode info(PoolSettings pool, List<PoolDevice> devices) {
        ObjectNode json = Json.object();
        for (PoolDevice device : devices) {
            ObjectNode providers = json.putObject(device.address().value());
            DeviceNodes.of(device, pool)
                    .info()
                    .forEach((provider, words) ->
                            words.forEach((key, value) ->
                                    providers.withObjectProperty(provider).put(key, value)));
        }
        return json;
    }
}
