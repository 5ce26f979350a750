package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.meta.desk.Desk;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What operators see of third parties' delegates.
class JarDeskTest extends JarRig {
    private Node.Answer ask(String command, String type) {
        return Node.call(
                new Desk(node.delegates, Map::of, node.metrics, node.attacher::checkEach),
                Map.of(Desk.COMMAND, command, Desk.TYPE, type));
    }

    @Test
    void itsTablesAndMetersAreThereLikeAnyOthers() {
        load(
                DelegateSource.of("good")
                        .with(
                                "create",
                                "context.meters().gauge(\"pieces\", () -> 5);"
                                        + " context.meters().count(\"made\", 1); return new Made();")
                        .with(
                                "members",
                                "@Override public List<Table> tables() { return List.of(new"
                                        + " Table(\"pieces\", List.of(\"A\"),"
                                        + " List.of(List.of(\"1\")))); }"));
        assertThat(ask("show", "good").text()).contains("\"rows\":[{\"A\":\"1\"}]");
        assertThat(ask("metrics", "").text())
                .contains("patchbay_good_pieces 5\n", "patchbay_good_made_total 1\n");
    }

    @Test
    void whatItThrowsIsToldWithTheNameOfTheJarAndHidesNobodyElse() {
        load(
                DelegateSource.of("bad")
                        .with(
                                "create",
                                "context.meters().gauge(\"pieces\", () -> deeper(0)); return new"
                                        + " Made();")
                        .with(
                                "members",
                                "@Override public List<Table> tables() { throw new"
                                        + " IllegalStateException(\"a screw is loose\"); }"));
        assertThat(ask("show", "bad").message()).contains("bad.jar", "a screw is loose");
        assertThat(ask("show", "").text())
                .contains("{\"type\":\"paper\",\"tables\":[]}", "a screw is loose");
        assertThat(ask("metrics", "").text())
                .contains("patchbay_paper_pieces 3\n")
                .containsPattern(
                        "# patchbay_bad_pieces is left out: .*bad\\.jar.*StackOverflowError");
    }

    @Test
    void aTableThatIsNoneIsRefusedWhereItIsMade() {
        load(
                DelegateSource.of("bad")
                        .with(
                                "members",
                                "@Override public List<Table> tables() { return List.of(new"
                                        + " Table(\"t\", List.of(\"A\", \"B\"),"
                                        + " List.of(List.of(\"1\")))); }"));
        assertThat(ask("show", "bad").message()).contains("table t has 2 columns, and a row of 1");
    }
}
