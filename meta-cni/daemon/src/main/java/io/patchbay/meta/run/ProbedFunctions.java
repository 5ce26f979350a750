package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.probe.Finding;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.device.PciAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The table of a node's functions with a column more, which says of those on vfio-pci whether a
/// process can use them. One that a pod has is not touched.
///
/// @param json what the daemon's desk has said, and the column
/// @param missing addresses that were asked for and that the table does not have
/// @param allUsable whether every function that was probed is usable
record ProbedFunctions(String json, List<String> missing, boolean allUsable) {
    static final String COLUMN = "USABLE";

    private static final String WHAT = "the daemon's answer";
    private static final String NONE = "-";

    /// @param json of the functions alone
    /// @param all the tables of all types, for each keeps its own book of what pods have
    /// @param asked addresses; empty for every function on vfio-pci
    static ProbedFunctions of(
            String json, String all, List<String> asked, Function<PciAddress, Finding> probe) {
        JsonNode answer = Json.decode(WHAT, json);
        Map<String, String> owners = owners(Json.decode(WHAT, all));
        List<String> missing = new ArrayList<>(asked);
        boolean allUsable = true;
        for (JsonNode table : answer.findValues("tables")) {
            for (JsonNode functions : table) {
                if (!functions.path("name").asText().equals("functions")) {
                    continue;
                }
                ((ArrayNode) functions.path("columns")).add(COLUMN);
                for (JsonNode row : functions.path("rows")) {
                    Row one = new Row((ObjectNode) row);
                    missing.remove(one.cell("ADDRESS"));
                    allUsable &= one.probe(asked, owners, probe);
                }
            }
        }
        return new ProbedFunctions(Json.text(answer) + "\n", missing, allUsable);
    }

    /// By the device's name.
    private static Map<String, String> owners(JsonNode answer) {
        Map<String, String> owners = new HashMap<>();
        for (JsonNode tables : answer.findValues("tables")) {
            for (JsonNode rows : tables.findValues("rows")) {
                for (JsonNode row : rows) {
                    String pod = row.path("POD").asText(NONE);
                    if (!pod.equals(NONE)) {
                        String device = row.path("ADDRESS").asText(row.path("DEVICE").asText());
                        owners.put(device, "%s (%s)".formatted(pod, row.path("IFNAME").asText()));
                    }
                }
            }
        }
        return owners;
    }

    private record Row(ObjectNode cells) {
        String cell(String column) {
            return cells.path(column).asText(NONE);
        }

        /// False where the function was probed, and is not usable.
        boolean probe(
                List<String> asked,
                Map<String, String> owners,
                Function<PciAddress, Finding> probe) {
            String address = cell("ADDRESS");
            boolean wanted =
                    asked.isEmpty() ? cell("DRIVER").equals("vfio-pci") : asked.contains(address);
            if (!wanted) {
                cells.put(COLUMN, NONE);
                return true;
            }
            if (owners.containsKey(address)) {
                cells.put(COLUMN, "in use by " + owners.get(address));
                return true;
            }
            Finding finding = probe.apply(PciAddress.parse(address));
            cells.put(COLUMN, (finding.isUsable() ? "yes: " : "no: ") + finding.sentence());
            return finding.isUsable();
        }
    }
}
