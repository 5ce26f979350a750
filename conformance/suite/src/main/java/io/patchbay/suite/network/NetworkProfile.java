package io.patchbay.suite.network;

import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Row;
import io.patchbay.suite.row.Rows;
import java.util.List;

/// The rows of the multi-network specification, and those of the CNI specification that are the
/// duties of a meta plugin towards the plugins that it calls.
public final class NetworkProfile {
    private NetworkProfile() {}

    public static List<Row> rows() {
        List<String> duties = DutyRows.declare(new Checks<>()).numbers().stream().toList();
        return Rows.all().stream()
                .filter(row -> row.number().startsWith("N") || duties.contains(row.number()))
                .toList();
    }

    public static Checks<NetworkTrial> checks() {
        Checks<NetworkTrial> checks = new Checks<>();
        checks.untestable(
                "where configurations lie on disk is told by each meta plugin's own configuration",
                "N8");
        checks.untestable(
                "whom a pod may use is told by each meta plugin's own configuration", "N31");
        SelectionRows.declare(checks);
        RequestRows.declare(checks);
        RouteRows.declare(checks);
        StatusRows.declare(checks);
        OrderRows.declare(checks);
        DutyRows.declare(checks);
        return checks;
    }
}
