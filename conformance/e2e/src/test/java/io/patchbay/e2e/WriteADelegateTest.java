package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "Write a delegate in an hour": the commands of the guide, as they stand.
@Tag("kernel")
class WriteADelegateTest {
    private static final String NODE = "Use it";

    /// Maven's local repository as it is, with what is added in memory.
    private static final String MAVEN =
            """
            mkdir -p "$HOME/.m2" "$TMPDIR/m2"
            mount -t tmpfs m2 "$TMPDIR/m2"
            mkdir "$TMPDIR/m2/over" "$TMPDIR/m2/work"
            mount -t overlay -o "lowerdir=$HOME/.m2,upperdir=$TMPDIR/m2/over,workdir=$TMPDIR/m2/work" m2 "$HOME/.m2"
            cd "$CHECKOUT"
            exec bash "$TMPDIR/script"
            """;

    /// Where a reader stands in between.
    private static final String PAUSE =
            """
            export -p > "$TMPDIR/shell"
            pwd > "$TMPDIR/directory"
            """;

    @TempDir static Path work;

    private static Guide guide;
    private static Path project;

    @BeforeAll
    static void makeAndProveAProject() throws IOException {
        Checkout.repository();
        guide = Guide.read(Checkout.root().resolve("examples/delegate-archetype/README.md"));
        Files.writeString(work.resolve("script"), guide.before(NODE).script() + PAUSE);
        succeed(
                Witness.here(),
                "env",
                "TMPDIR=" + work,
                "CHECKOUT=" + Checkout.root(),
                "unshare",
                "--mount",
                "sh",
                "-ec",
                MAVEN);
        project = Path.of(Files.readString(work.resolve("directory")).strip());
    }

    private static void succeed(Witness witness, String... command) {
        Witness.Said said = witness.attempt(command);
        assertThat(said.status()).as(said.output()).isZero();
    }

    @Test
    void theArchetypeMakesTheExample() throws IOException {
        Map<String, String> made = sources(project);
        made.computeIfPresent("pom.xml", (_, pom) -> beside(pom));

        assertThat(made)
                .as("what the archetype makes, and examples/delegate-hello: copy it there")
                .isEqualTo(sources(Checkout.root().resolve("examples/delegate-hello")));
    }

    /// The example's repository is that of its own checkout.
    private static String beside(String pom) {
        return pom.replace(
                "file://" + Checkout.root() + "/build", "file://${project.basedir}/../../build");
    }

    /// All but what was built and what the guide writes, by name.
    private static Map<String, String> sources(Path root) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path name = root.relativize(path);
                if (!name.startsWith("target") && !name.endsWith("network.json")) {
                    sources.put(name.toString(), Files.readString(path));
                }
            }
        }
        return sources;
    }

    @Test
    void itsTestsAreAllTheRules() throws IOException {
        String report =
                Files.readString(
                        project.resolve(
                                "target/surefire-reports/TEST-com.example.hello.HelloConformanceTest.xml"));

        long rules =
                Files.readAllLines(Checkout.root().resolve("conformance/kit/RULES.md")).stream()
                        .filter(line -> line.matches("\\| \\d+ \\|.*"))
                        .count();
        assertThat(report)
                .contains("tests=\"" + rules + "\" errors=\"0\" skipped=\"0\" failures=\"0\"");
    }

    @Test
    void itsJarIsDroppedIntoARunningDaemonAndAttachesAPod() throws IOException {
        try (NodeNamespace node = NodeNamespace.create()) {
            node.run(
                    "rm",
                    "-rf",
                    "/opt/patchbay",
                    "/etc/patchbay",
                    "/var/lib/patchbay",
                    "/var/lib/cni");
            node.run(
                    Checkout.root().resolve("tools/install").toString(),
                    Checkout.dist().toString(),
                    "",
                    "/opt/patchbay",
                    "/opt/cni/bin",
                    "/etc/systemd/system");
            Path script = work.resolve("node");
            Files.writeString(
                    script,
                    ". %1$s/shell\ncd %2$s\n%3$s"
                            .formatted(work, project, guide.from(NODE).script()));
            Snapshot before = NetworkState.take("node", Witness.in(node.netns()));

            String said = node.run("bash", script.toString());

            assertThat(Files.readString(node.file("/var/log/patchbay.log")))
                    .as("the daemon's log: it was ready without the jar")
                    .containsPattern(
                            "ready on /run/patchbay/cni.sock: 0 sandboxes, delegates (?!.*hello)");
            assertThat(said).contains("default/hello", "10.20.0.9/24", " 0% packet loss");
            assertThat(NetworkState.take("node", Witness.in(node.netns())).since(before)).isEmpty();
            assertThat(node.run("find", "/var/lib/patchbay", "-path", "*sandboxes/*")).isEmpty();
        }
    }
}
