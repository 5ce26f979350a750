package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.socket.Listener;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an operator types, and the desk of a node that answers.
@Timeout(300)
class OperatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Table LEAVES =
            new Table(
                    "leaves",
                    List.of("LEAF", "OWNER"),
                    List.of(List.of("1", "c1"), List.of("22", "-")));

    @TempDir Path directory;
    private Node node;
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        node = new Node(directory);
        long own = ((Number) Files.getAttribute(directory, "unix:uid")).longValue();
        listener =
                Listener.open(
                        new Listener.Options(socket(), 2, own, PATIENCE, PATIENCE, PATIENCE),
                        new Desk(node.delegates, Map::of, node.metrics, node.attacher::checkEach)
                                .before(node.verbs));
        Files.writeString(directory.resolve("p.yaml"), "socket: " + socket() + "\n");
    }

    @AfterEach
    void end() {
        listener.close();
        node.close();
    }

    private Path socket() {
        return directory.resolve("cni.sock");
    }

    private CommandRun run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--config", directory.resolve("p.yaml").toString()));
        return CommandRun.of(line.toArray(String[]::new));
    }

    @Test
    void theTablesOfADelegateAreShown() {
        node.paper.tables = () -> List.of(LEAVES, new Table("none", List.of("A"), List.of()));
        String text =
                """
                paper leaves
                LEAF  OWNER
                1     c1
                22    -

                paper none
                A
                """;
        assertThat(run("show", "paper")).isEqualTo(new CommandRun(0, text, ""));
        assertThat(run("show")).isEqualTo(new CommandRun(0, text, ""));
        assertThat(run("show", "paper", "--output", "table").out()).isEqualTo(text);
    }

    @Test
    void theSameIsThereAsJson() {
        node.paper.tables = () -> List.of(LEAVES);
        assertThat(run("show", "--output", "json"))
                .isEqualTo(
                        new CommandRun(
                                0,
                                """
                                {"types":[{"type":"paper","tables":[{"name":"leaves","columns":["LEAF","OWNER"],\
                                "rows":[{"LEAF":"1","OWNER":"c1"},{"LEAF":"22","OWNER":"-"}]}]}]}
                                """,
                                ""));
    }

    @Test
    void nothingToShowIsSaidAndACellMovesNoCursor() {
        assertThat(run("show").out()).isEqualTo("nothing to show of paper\n");
        node.paper.tables =
                () -> List.of(new Table("t", List.of("A"), List.of(List.of("a\u001b[2Jb\nc"))));
        assertThat(run("show").out()).isEqualTo("paper t\nA\na?[2Jb?c\n");
    }

    @Test
    void aTypeThatNobodyHasListsTheTypes() {
        assertThat(run("show", "papre"))
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "patchbay: there is no delegate of type \"papre\": the types are"
                                        + " paper\n"));
        assertThat(run("eni").err())
                .isEqualTo("patchbay: there is no delegate of type \"vpc\": the types are paper\n");
        assertThat(run("vf"))
                .isEqualTo(
                        new CommandRun(
                                1,
                                "",
                                "patchbay: there is no delegate of type \"sriov\": the types are"
                                        + " paper\n"));
    }

    @Test
    void aDelegateThatFailsIsToldInASentence() {
        node.paper.tables =
                () -> {
                    throw new IllegalStateException("a screw is loose");
                };
        String told =
                "patchbay: delegate paper fails when asked for its tables:"
                        + " java.lang.IllegalStateException: a screw is loose\n";
        assertThat(run("show", "paper")).isEqualTo(new CommandRun(1, "", told));
        assertThat(run("show")).isEqualTo(new CommandRun(1, "", told));
        node.paper.tables =
                () -> {
                    throw CniException.tryAgain("the cloud is away");
                };
        assertThat(run("show", "paper").err()).isEqualTo("patchbay: the cloud is away\n");
    }

    @Test
    void aDaemonThatIsAwayIsToldInASentence() {
        listener.close();
        for (String command : List.of("show", "eni", "vf", "metrics")) {
            CommandRun output = run(command);
            assertThat(output.status()).isEqualTo(1);
            assertThat(output.out()).isEmpty();
            assertThat(output.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("patchbay: no daemon ")
                    .contains(socket().toString(), "start");
        }
    }

    @Test
    void requestsAreCountedByCommandAndCodeBesideWhatDelegatesGauge() {
        node.pod("amf-0", "side", "");
        node.call("ADD", "c1", "amf-0");
        node.call("VERSION", "");
        node.call("VERSION", "");
        node.call("DEL", "c1", "amf-0");
        node.call("ADD", "c2", "nobody");
        node.call("NONSENSE", "");
        CommandRun output = run("metrics");
        assertThat(output.status()).isZero();
        assertThat(output.out().lines())
                .startsWith("# TYPE patchbay_cni_request_milliseconds_total counter")
                .contains(
                        "# TYPE patchbay_cni_requests_total counter",
                        "patchbay_cni_requests_total{command=\"ADD\",code=\"0\"} 1",
                        "patchbay_cni_requests_total{command=\"DEL\",code=\"0\"} 1",
                        "patchbay_cni_requests_total{command=\"VERSION\",code=\"0\"} 2",
                        "patchbay_cni_requests_total{command=\"unknown\",code=\"4\"} 1",
                        "# TYPE patchbay_paper_pieces gauge",
                        "patchbay_paper_pieces 3")
                .contains("patchbay_cni_requests_total{command=\"ADD\",code=\"11\"} 1")
                .anyMatch(line ->
                        line.startsWith(
                                "patchbay_cni_request_milliseconds_total{command=\"ADD\"} "));
    }

    @Test
    void whatTheDeskDoesNotKnowIsCodeFourAndARuntimesRequestIsNoOperators() {
        var handler =
                new Desk(node.delegates, Map::of, node.metrics, node.attacher::checkEach)
                        .before(node.verbs);
        Node.Answer unknown = Node.call(handler, Map.of(Desk.COMMAND, "shove"));
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.message()).contains("\"shove\"", "show", "metrics");
        Node.Answer version =
                Node.call(handler, Map.of(Desk.COMMAND, "show", "CNI_COMMAND", "VERSION"));
        assertThat(version.text()).contains("supportedVersions");
    }

    @Test
    void theHelpSaysWhatTheyAreFor() {
        assertThat(run("show", "--help").out()).contains("TYPE", "--output", "json", "root");
        assertThat(run("eni", "--help").out().replaceAll("\\s+", " "))
                .contains("elastic network interfaces", "Short for `patchbay show vpc`");
        assertThat(run("vf", "--help").out().replaceAll("\\s+", " "))
                .contains("SR-IOV functions", "Short for `patchbay show sriov`", "json", "root")
                .contains("--probe", "ADDRESS", "USABLE");
        assertThat(run("probe", "--help").out()).contains("vhost-user socket", "SOCKET");
        assertThat(run("metrics", "--help").out()).contains("Prometheus");
        assertThat(run("--help").out()).contains("show", "eni", "vf", "probe", "metrics");
    }

    @Test
    void addressesGoWithAProbeAlone() {
        CommandRun output = run("vf", "0000:01:10.0");
        assertThat(output.status()).isEqualTo(2);
        assertThat(output.err()).contains("--probe");
        assertThat(run("vf", "--probe").err()).contains("no delegate of type \"sriov\"");
    }

    @Test
    void anOutputThatIsNoneIsMisuse() {
        CommandRun output = run("show", "--output", "yaml");
        assertThat(output.status()).isEqualTo(2);
        assertThat(output.err()).contains("yaml", "json");
    }
}
