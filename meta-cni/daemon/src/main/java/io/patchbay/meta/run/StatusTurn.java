package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.jar.JarBook;
import io.patchbay.meta.view.SandboxView;
import io.patchbay.meta.view.TextTable;
import io.patchbay.meta.view.ViewJson;
import io.patchbay.meta.view.ViewText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a status shows at one moment.
///
/// @param away why the daemon is not there, in a sentence; empty where it is, or nobody asked
/// @param jars what became of third parties' jars, by their names; empty where one pod is asked for
record StatusTurn(List<SandboxView> views, Optional<String> away, Map<String, JarBook.State> jars) {
    static final int WRONG = 3;
    static final int UNKNOWN = 4;

    private static final List<String> JAR_COLUMNS = List.of("JAR", "TYPES", "STATE");

    /// 0 where CHECK found nothing, or nobody asked for it.
    int status() {
        if (views.stream().anyMatch(SandboxView::isWrong)) {
            return WRONG;
        }
        return views.stream().anyMatch(SandboxView::isUnknown) ? UNKNOWN : 0;
    }

    /// Each of the pods that were asked for, with all that is known of it.
    String details() {
        return views.stream().map(ViewText::ofOne).collect(Collectors.joining("\n")) + remark();
    }

    /// @param withHealth whether CHECK was asked for
    String table(boolean withHealth) {
        String pods = ViewText.ofAll(views, withHealth);
        String all = jars.isEmpty() ? pods : pods + "\n" + TextTable.of(JAR_COLUMNS, jarRows());
        return all + remark();
    }

    private String remark() {
        return away.map(sentence -> "\n" + TextTable.printable(sentence) + "\n").orElse("");
    }

    private List<List<String>> jarRows() {
        return jars.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> row(String jar, JarBook.State state) {
        String types = String.join(" ", state.types());
        return List.of(jar, types.isEmpty() ? "-" : types, state.sentence());
    }

    /// One line.
    String json() {
        ObjectNode json = ViewJson.of(views);
        away.ifPresent(sentence -> json.put("away", sentence));
        ArrayNode array = json.putArray("jars");
        jars.forEach((name, state) -> {
            ObjectNode jar = array.addObject().put("jar", name);
            ArrayNode types = jar.putArray("types");
            state.types().forEach(types::add);
            jar.put("state", state.sentence());
        });
        return Json.text(json) + "\n";
    }
}
