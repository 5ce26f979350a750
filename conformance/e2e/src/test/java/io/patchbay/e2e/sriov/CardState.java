package io.patchbay.e2e.sriov;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Everything of a machine's SR-IOV cards that a pod can change, told by ip(8) and sysfs: what each
/// card says of its virtual functions, each function's driver, and each link of the machine.
final class CardState {
    /// What a link is, and not how it fares. After a driver comes back the index is another, and so
    /// is the permanent address, for igbvf has what the card says when it last began anew.
    private static final List<String> LASTING =
            List.of(
                    "ifname",
                    "altnames",
                    "ifalias",
                    "address",
                    "mtu",
                    "group",
                    "txqlen",
                    "inet6_addr_gen_mode",
                    "promiscuity",
                    "allmulti",
                    "parentdev");

    /// Without a process for each of them: here that counts.
    private static final String DRIVERS =
            """
            cd /sys/bus/pci
            for function in devices/*/physfn; do
              read override < ${function%physfn}driver_override
              echo ${function%/physfn} override $override
            done
            printf '%s\\n' drivers/*/0000:*
            """;

    private CardState() {}

    static Snapshot take(Witness witness) {
        List<String> links = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (JsonNode link : witness.json("ip", "-j", "-d", "link")) {
            links.add(lasting(link));
            for (JsonNode function : link.path("vfinfo_list")) {
                functions.add(link.path("parentdev").asText() + " " + function);
            }
        }
        return new Snapshot(
                Map.of(
                        "links", links.stream().sorted().toList(),
                        "functions", functions,
                        "drivers", witness.run("sh", "-ec", DRIVERS).lines().toList()));
    }

    private static String lasting(JsonNode link) {
        StringBuilder line = new StringBuilder();
        for (String key : LASTING) {
            if (link.has(key)) {
                line.append(key).append(' ').append(link.get(key)).append(' ');
            }
        }
        boolean up =
                StreamSupport.stream(link.path("flags").spliterator(), false)
                        .anyMatch(flag -> flag.asText().equals("UP"));
        return line.append(up ? "up" : "down").toString();
    }
}
