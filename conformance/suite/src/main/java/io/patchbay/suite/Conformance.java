package io.patchbay.suite;

import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Row;
import io.patchbay.suite.row.Ruling;
import io.patchbay.suite.row.Verdict;
import io.patchbay.suite.row.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A run over rows, each in a world of its own.
final class Conformance {
    private Conformance() {}

    /// A world that cannot be made is thrown: it says nothing about the plugin.
    static <W extends World> List<Ruling> run(List<Row> rows, Checks<W> checks, Supplier<W> world) {
        List<Ruling> rulings = new ArrayList<>();
        for (Row row : rows) {
            Verdict verdict =
                    checks.isTestable(row.number())
                            ? tried(row, checks, world)
                            : checks.untested(row.number());
            rulings.add(new Ruling(row, verdict));
        }
        return rulings;
    }

    private static <W extends World> Verdict tried(Row row, Checks<W> checks, Supplier<W> world) {
        try (W own = world.get()) {
            return checks.run(row.number(), own);
        }
    }
}
