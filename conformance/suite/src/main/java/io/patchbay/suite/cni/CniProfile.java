package io.patchbay.suite.cni;

import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Row;
import io.patchbay.suite.row.Rows;
import java.util.List;

/// The rows of the CNI specification for one plugin.
public final class CniProfile {
    private static final String RUNTIME =
            "this is a duty of runtimes, and of meta plugins towards the plugins that they call";
    private static final String UNSEEN = "nobody can see this from outside";

    private CniProfile() {}

    public static List<Row> rows() {
        return Rows.all().stream().filter(row -> row.number().startsWith("C")).toList();
    }

    public static Checks<Trial> checks() {
        Checks<Trial> checks = new Checks<>();
        checks.untestable(
                RUNTIME, "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C33", "C41", "C52",
                "C53", "C54", "C55", "C71", "C72", "C74", "C75", "C76", "C77", "C78", "C79", "C80",
                "C81", "C82", "C83", "C84", "C85", "C86", "C87", "C88", "C89", "C90");
        checks.untestable(UNSEEN, "C11", "C13", "C49", "C68");
        ProcessRows.declare(checks);
        ErrorRows.declare(checks);
        AddRows.declare(checks);
        DelRows.declare(checks);
        CheckRows.declare(checks);
        StatusRows.declare(checks);
        VersionRows.declare(checks);
        GcRows.declare(checks);
        DelegationRows.declare(checks);
        ResultRows.declare(checks);
        ArgumentRows.declare(checks);
        return checks;
    }
}
