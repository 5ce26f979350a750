package io.patchbay.dpdk.pod;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The variables by which a device plugin tells a container of its devices. Two spellings of one
/// resource, with `-` and with `_`, count once. Sources: the SR-IOV network device plugin, and
/// Patchbay's own.
final class ResourceReader {
    private static final String PREFIX = "PCIDEVICE_";
    private static final String INFO = "_INFO";

    /// A device of the auxiliary bus.
    private static final Pattern AUXILIARY = Pattern.compile("\\w+\\.[\\w-]+\\.[0-9]+");

    private ResourceReader() {}

    static List<PodResource> read(Map<String, String> environment) {
        SortedMap<String, PodResource> resources = new TreeMap<>();
        new TreeMap<>(environment)
                .forEach((name, value) -> {
                    if (name.startsWith(PREFIX) && !isInfo(name, value, environment)) {
                        PodResource resource =
                                new PodResource(
                                        name, devices(name, value), info(name, environment));
                        resources.merge(name.replace('-', '_'), resource, ResourceReader::one);
                    }
                });
        return List.copyOf(resources.values());
    }

    private static boolean isInfo(String name, String value, Map<String, String> environment) {
        return name.endsWith(INFO)
                && (value.stripLeading().startsWith("{")
                        || environment.containsKey(
                                name.substring(0, name.length() - INFO.length())));
    }

    private static PodResource one(PodResource a, PodResource b) {
        if (!a.devices().equals(b.devices())) {
            throw new PodException(
                    "%s says \"%s\", and %s says \"%s\": they are one resource, and should say the same"
                            .formatted(
                                    a.variable(),
                                    String.join(",", a.devices()),
                                    b.variable(),
                                    String.join(",", b.devices())));
        }
        return a.info().isEmpty() ? new PodResource(a.variable(), a.devices(), b.info()) : a;
    }

    private static List<String> devices(String variable, String value) {
        List<String> devices = new ArrayList<>();
        if (value.isBlank()) {
            return devices;
        }
        for (String device : value.strip().split(",", -1)) {
            if (!PciDevices.isAddress(device) && !AUXILIARY.matcher(device).matches()) {
                throw new PodException(
                        "variable %s says \"%s\", and \"%s\" in it is no PCI address as 0000:01:10.0"
                                .formatted(variable, value, device));
            }
            devices.add(PciDevices.spelled(device));
        }
        return devices;
    }

    private static Map<String, Map<String, Map<String, String>>> info(
            String resource, Map<String, String> environment) {
        String variable = resource + INFO;
        String json = environment.get(variable);
        Map<String, Map<String, Map<String, String>>> info = new LinkedHashMap<>();
        if (json == null) {
            return info;
        }
        String where = "variable " + variable;
        JsonFields devices = JsonFields.of(where, "", JsonText.read(where, json));
        for (String device : devices.values().keySet()) {
            JsonFields providers = devices.getObject(device);
            Map<String, Map<String, String>> ofDevice = new LinkedHashMap<>();
            for (String provider : providers.values().keySet()) {
                JsonFields words = providers.getObject(provider);
                Map<String, String> ofProvider = new LinkedHashMap<>();
                words.values()
                        .keySet()
                        .forEach(key ->
                                words.string(key).ifPresent(word -> ofProvider.put(key, word)));
                ofDevice.put(provider, ofProvider);
            }
            info.put(PciDevices.spelled(device), ofDevice);
        }
        return info;
    }
}
