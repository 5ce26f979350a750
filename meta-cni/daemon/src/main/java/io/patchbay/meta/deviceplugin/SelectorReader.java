package io.patchbay.meta.deviceplugin;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.device.PciAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads one object of `selectors`. What a selector cannot be told by here is refused, and not
/// passed over: it would offer more than was asked for.
///
/// @param type of the devices that it is about
record SelectorReader(JsonObject json, DeviceType type) {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{4}");
    private static final Pattern PKEY = Pattern.compile("0x[0-9a-fA-F]{1,4}");
    private static final int MOST = 65535;

    private static final Set<String> ACCELERATOR =
            Set.of("vendors", "devices", "drivers", "pciAddresses", "acpiIndexes");
    private static final Set<String> NET_DEVICE =
            Set.of(
                    "vendors",
                    "devices",
                    "drivers",
                    "pciAddresses",
                    "acpiIndexes",
                    "pfNames",
                    "rootDevices",
                    "linkTypes",
                    "pKeys",
                    "isRdma",
                    "needVhostNet");

    /// Known to the SR-IOV network device plugin, and why not here.
    private static final Map<String, String> REFUSED =
            Map.of(
                    "ddpProfiles",
                    "which package a card has loaded is not in sysfs: select by pfNames or pciAddresses",
                    "vdpaType",
                    "vDPA devices are not offered: select functions by their drivers",
                    "auxTypes",
                    "auxiliary devices are not offered: select PCI functions");

    Selector read() {
        REFUSED.forEach((key, reason) -> {
            if (json.has(key)) {
                throw json.refusal(key, reason);
            }
        });
        json.allowOnly(type == DeviceType.NET_DEVICE ? NET_DEVICE : ACCELERATOR);
        return new Selector(
                values("vendors", SelectorReader::id),
                values("devices", SelectorReader::id),
                values("drivers", SelectorReader::word),
                values("pciAddresses", PciAddress::parse),
                acpiIndexes(),
                values("pfNames", RootSelector::parse),
                values("rootDevices", SelectorReader::rootDevice),
                values("linkTypes", SelectorReader::linkType),
                values("pKeys", SelectorReader::pKey),
                json.bool("isRdma").orElse(false),
                json.bool("needVhostNet").orElse(false));
    }

    private <T> List<T> values(String key, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String text : json.strings(key)) {
            values.add(json.parse("%s[%d]".formatted(key, values.size()), text, parser));
        }
        return List.copyOf(values);
    }

    /// Numbers in YAML and JSON, and texts in the files of some.
    private List<Integer> acpiIndexes() {
        List<Integer> values = new ArrayList<>();
        for (JsonNode node : json.list("acpiIndexes")) {
            String text = node.isTextual() ? node.textValue() : node.toString();
            values.add(
                    json.parse(
                            "acpiIndexes[%d]".formatted(values.size()),
                            text,
                            SelectorReader::acpiIndex));
        }
        return List.copyOf(values);
    }

    private static int acpiIndex(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(
                    "%s is no index: it is a number from 0 to %d".formatted(text, MOST));
        }
        return Integer.parseInt(text);
    }

    private static int id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no PCI id: write its four hexadecimal digits, as in \"8086\""
                            .formatted(text));
        }
        return Integer.parseInt(text, 16);
    }

    private static String word(String text) {
        if (text.isBlank() || text.contains("/")) {
            throw new IllegalArgumentException(
                    "\"%s\" is no driver: write its name, as in \"vfio-pci\"".formatted(text));
        }
        return text;
    }

    private static RootSelector rootDevice(String text) {
        RootSelector selector = RootSelector.parse(text);
        PciAddress address = PciAddress.parse(selector.root());
        return new RootSelector(address.value(), selector.indexes());
    }

    private static LinkType linkType(String text) {
        return Arrays.stream(LinkType.values())
                .filter(type -> type.word().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"%s\" is neither \"ether\" nor \"infiniband\"".formatted(text)));
    }

    private static String pKey(String text) {
        if (!PKEY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no partition: write it as in \"0x8001\"".formatted(text));
        }
        return "0x%04x".formatted(Integer.decode(text));
    }
}
